/** The nonce that the index view wrote into the page; lets Mantine's style element through the content policy. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content ?? "";
