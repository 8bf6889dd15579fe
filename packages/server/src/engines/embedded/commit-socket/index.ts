// How the workers of a server with several processes reach its one writer.
export { CommitClient } from './commit-client.ts';
export { CommitServer } from './commit-server.ts';
