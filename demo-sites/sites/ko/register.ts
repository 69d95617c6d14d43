// Without the worker the site is as it was: what keeps it from being registered is for the console.
navigator.serviceWorker?.register('/sw.js').catch(reportError);
