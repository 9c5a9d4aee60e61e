/** The parameters of a statement that is being built: `add` stores the value and returns its place, `$1`, `$2` … */
export class Params {
  readonly values: unknown[] = []

  add(value: unknown, type = ''): string {
    this.values.push(value)
    return `$${this.values.length}${type && `::${type}`}`
  }
}
