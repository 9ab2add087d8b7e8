const SMALLEST = 8;
const LARGEST = 256;
/** The event loop is to be free again after so long: well below the 50 ms that are promised. */
const BLOCKED_MS = 20;

/** How many commands the next group may take. */
export interface GroupSize {
  most(): number;
  watch(commands: number): { decided(): void; committed(): void };
}

/** Grows the group while it stays quick, shrinks it when it holds up the event loop. Committing to a file blocks; to a server it does not. */
export function startGroupSize(isShared: boolean): GroupSize {
  let msPerCommand = BLOCKED_MS / 64;
  return {
    most: () => Math.max(SMALLEST, Math.min(LARGEST, Math.floor(BLOCKED_MS / msPerCommand))),
    watch(commands) {
      const from = performance.now();
      const learn = () => {
        msPerCommand = 0.8 * msPerCommand + 0.2 * ((performance.now() - from) / commands);
      };
      return { decided: () => isShared && learn(), committed: () => isShared || learn() };
    },
  };
}
