import { fittedUrl } from "../../../components/Stage";
import type { ClaimedAssignment } from "../api/shapes";

const MOST = 40; // five pictures of eight samples
const ready = new Map<string, HTMLImageElement>();

/** Fetches and decodes off the main thread, and holds on to the pictures so that the next sample paints at once. */
export function prefetchPictures(claimed: ClaimedAssignment): void {
  for (const { url } of claimed.pictures) {
    const address = fittedUrl(url);
    if (ready.has(address)) continue;
    const image = new Image();
    image.src = address;
    ready.set(address, image);
    // A picture that cannot be decoded is said by its stage when it is shown.
    image.decode().catch(() => ready.delete(address));
  }
  for (const address of [...ready.keys()].slice(0, Math.max(0, ready.size - MOST))) ready.delete(address);
}
