import { spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for `*.localhost`, and the argument that has Chromium trust it and still use its HTTP cache. */
export type TestCertificate = { readonly key: string; readonly cert: string; readonly chromiumArgument: string };

/** Makes a certificate by openssl, for this run; throws where openssl is missing. */
export function makeTestCertificate(): TestCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'typecase-tls-'));
  const [keyPath, certPath] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:*.localhost';
  try {
    const made = spawnSync('openssl', [...request.split(' '), '-keyout', keyPath, '-out', certPath]);
    if (made.status !== 0) throw new Error('openssl is needed to measure over HTTP/2: apt-get install openssl.');
    const cert = readFileSync(certPath, 'utf8');
    const publicKey = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
    const digest = createHash('sha256').update(publicKey).digest('base64');
    return {
      key: readFileSync(keyPath, 'utf8'),
      cert,
      chromiumArgument: `--ignore-certificate-errors-spki-list=${digest}`,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
