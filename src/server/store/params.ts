/** The parameters of a statement in the making: `add` keeps the value and answers its place, `$1`, `$2` … */
export class Params {
  readonly values: unknown[] = []

  add(value: unknown, type = ''): string {
    this.values.push(value)
    return `$${this.values.length}${type && `::${type}`}`
  }
}
