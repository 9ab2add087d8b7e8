const SMALLEST = 8;
const LARGEST = 256;
/** The event loop is to be free again after so long: well below the 50 ms that are promised. */
const BLOCKED_MS = 20;

/** How many commands the next group may take. */
export interface GroupSize {
  most(): number;
  /** Watches one group from before it is read until its statements are on their way. */
  watch(commands: number): { loaded(): void; sent(): void };
}

/** Grows the group while it stays quick, shrinks it when it holds up the event loop. A file is read on the event loop, a server is waited for; to commit blocks neither. */
export function startGroupSize(isShared: boolean, largest = LARGEST): GroupSize {
  let msPerCommand = BLOCKED_MS / 64;
  return {
    most: () => Math.min(largest, Math.max(SMALLEST, Math.floor(BLOCKED_MS / msPerCommand))),
    watch(commands) {
      let from = performance.now();
      return {
        loaded() {
          if (isShared) from = performance.now();
        },
        sent() {
          msPerCommand = 0.8 * msPerCommand + 0.2 * ((performance.now() - from) / commands);
        },
      };
    },
  };
}
