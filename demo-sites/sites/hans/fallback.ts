/**
 * Where the page client's script cannot be had, the page takes its text from slices, like a page without script.
 *
 * Other sites say so in the script's `onerror` attribute. This one's policy forbids it, so this runs before that script.
 */
function useSlices(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[media="typecase"]')) {
    link.href = link.href.replace('&delivery=delta', '');
    link.media = 'all';
  }
}

addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLScriptElement && target.src.endsWith('/typecase.js')) useSlices();
  },
  { capture: true },
);
