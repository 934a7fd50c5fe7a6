// What the loader takes into the confined process: the public face as one object, and what reads the author's exports.
export { collect } from './collect.ts';
export * as api from './index.ts';
