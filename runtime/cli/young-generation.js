// Plain JavaScript with nothing imported: it runs before anything is installed or built.

const FLAG = '--max-semi-space-size';

/**
 * Gives the server the larger young generation that the npm scripts give it, a tenth of its CPU time: only a start can. The process
 * replaces itself (same number, streams and environment, so signals and exit code stay its own); where node cannot, nothing happens.
 *
 * @param {{ execPath: string, execArgv: string[], argv: string[], env: Record<string, string | undefined>,
 *   connected?: boolean, execve?: ((file: string, args: string[]) => void) | undefined }} host
 */
export function growYoungGeneration(host = process) {
  const given = [...host.execArgv, host.env.NODE_OPTIONS ?? ''].join(' ');
  // A parent's channel would be closed on the way, and underscores are dashes to node.
  if (!host.execve || host.connected || given.replaceAll('_', '-').includes(FLAG)) return;
  host.execve(host.execPath, [host.execPath, ...host.execArgv, `${FLAG}=64`, ...host.argv.slice(1)]);
}
