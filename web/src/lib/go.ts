let navigate: (path: string) => void = (path) => location.assign(path)

/** The router takes over as soon as it exists. */
export function navigateWith(go: (path: string) => void): void {
  navigate = go
}

/** Leads to a path of this product, for what happens outside the components (a toast of the live stream). */
export const goTo = (path: string): void => navigate(path)
