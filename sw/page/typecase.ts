import './client.ts';
// Last: in a page that it cannot serve, as in a sandboxed frame, it throws; ours then asks the network all the same.
import '../platform/page.ts';
