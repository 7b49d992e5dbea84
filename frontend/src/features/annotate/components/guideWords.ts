import { createContext, useContext } from "react";
import type { Guideline, GuidelineText } from "../../../api/guidelines";

/** Every guideline version of the project; empty until they are loaded, and the desk does not wait for them. */
export const Guidelines = createContext<readonly Guideline[]>([]);

export const useGuideWords = (version: number, aspect: string | undefined): GuidelineText | undefined =>
  useContext(Guidelines).find((each) => each.version === version)?.texts[aspect ?? ""];
