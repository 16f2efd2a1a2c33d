export type FieldError = { loc: (string | number)[]; msg: string }

/** What went wrong with a request, as the server's problem+json says it; `code` is stable, `message` is for people. */
export class Problem extends Error {
  override readonly name = "Problem"
  readonly status: number
  readonly code: string
  /** Members beyond the standard ones, such as `claimed_by_name`. */
  readonly extra: Readonly<Record<string, unknown>>
  readonly fields: readonly FieldError[]
  readonly retryAfterSeconds: number | null

  constructor(status: number, code: string, message: string, extra: Record<string, unknown> = {}, retryAfterSeconds: number | null = null) {
    super(message)
    this.status = status
    this.code = code
    this.extra = extra
    this.fields = Array.isArray(extra["errors"]) ? (extra["errors"] as FieldError[]) : []
    this.retryAfterSeconds = retryAfterSeconds
  }

  /** The sentence for one input of a form, by the last name of its location. */
  field(name: string): string | undefined {
    return this.fields.find((error) => error.loc.includes(name))?.msg
  }

  /** Whether the same request may succeed later without anybody changing anything. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502
  }
}

export const unreachable = (): Problem => new Problem(0, "unreachable", "The server cannot be reached. Check the connection; this page tries again by itself.")

export async function problemOf(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get("Retry-After") ?? NaN)
  const body = await jsonObject(response)
  return new Problem(
    response.status,
    typeof body["code"] === "string" ? body["code"] : `http_${response.status}`,
    typeof body["detail"] === "string" ? body["detail"] : `The server answered ${response.status}.`,
    body,
    Number.isFinite(retryAfter) ? retryAfter : null,
  )
}

/** The sentence to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Problem) return error.message
  return "Something went wrong in this page. Reloading it usually helps."
}

/** `{}` where a proxy answered with something that is not JSON. */
async function jsonObject(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json()
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
