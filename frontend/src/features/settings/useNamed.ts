import { useLocale } from "../../lib/locale";

/** Words that exist in English and Chinese, in the language of the pages. */
export function useNamed(): (words: Readonly<Record<string, string>>) => string {
  const language = useLocale() === "zh-CN" ? "zh" : "en";
  return (words) => words[language] || words.en || "";
}
