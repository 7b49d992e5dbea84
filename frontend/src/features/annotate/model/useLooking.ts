import { useLocalStorage } from "@mantine/hooks";
import { useState } from "react";
import { useViewport } from "../../../components/useViewport";
import type { ViewActions } from "./commands";
import type { Piece } from "./piece";

/** Which candidate is looked at, and how; with what the keys for it do. */
export function useLooking(piece: Piece, first: string = piece.candidates[0]?.slot ?? "") {
  const view = useViewport();
  const [slot, setSlot] = useState(first);
  const [blink, setBlink] = useState(false);
  const [lens, setLens] = useState(false);
  // Who likes one large picture likes it for the next piece and tomorrow, too.
  const [large, setLarge] = useLocalStorage({
    key: "loupe-large",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const candidate = piece.candidates.find((each) => each.slot === slot);
  const actions: ViewActions = {
    focusCandidate: (index) => setSlot(piece.candidates[index]?.slot ?? slot),
    blink: setBlink,
    toggleLens: () => setLens((on) => !on),
    toggleLarge: () => setLarge((on) => !on),
    zoom: (factor) => candidate && view.zoom(factor, { slot, picture: candidate.picture }),
    fit: view.fit,
  };
  return { view, slot, setSlot, candidate, blink, lens, large, actions };
}
export type Looking = ReturnType<typeof useLooking>;
