/** What workerd adds to the globals of Node that the server's own code uses. */
interface ResponseInit {
  encodeBody?: 'automatic' | 'manual';
}
