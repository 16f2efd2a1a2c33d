const ADDRESS = /[^\s<>,;"']+@[^\s<>,;"']+\.[^\s<>,;"']+/g

/** The addresses in pasted text, whatever stands around them (names, commas, lines), each once. */
export function addressesIn(text: string): string[] {
  const found = (text.match(ADDRESS) ?? []).map((address) => address.replace(/[.)\]]+$/, "").toLowerCase())
  return [...new Set(found)]
}
