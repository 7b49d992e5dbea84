const HEIGHT = 20; // CSS pixels of a tag, with a gap below
const GAP = 2;

export interface TagPlace {
  readonly left: number;
  readonly top: number;
}

/** About how wide a tag is drawn: its glyph, its padding and its letters. */
export const tagWidth = (tag: string): number => 26 + 7 * tag.length;

/** Tags that would cover each other stand side by side, in the order given; the others stay where they are. CSS pixels. */
export function besideEachOther<Tag extends TagPlace & { readonly tag: string }>(
  tags: readonly Tag[],
): Tag[] {
  const placed: Tag[] = [];
  for (const each of tags) {
    const row = placed
      .filter((other) => Math.abs(other.top - each.top) < HEIGHT)
      .sort((a, b) => a.left - b.left);
    let left = each.left;
    for (const other of row) {
      const apart = left + tagWidth(each.tag) <= other.left || left >= other.left + tagWidth(other.tag);
      if (!apart) left = other.left + tagWidth(other.tag) + GAP;
    }
    placed.push({ ...each, left });
  }
  return placed;
}
