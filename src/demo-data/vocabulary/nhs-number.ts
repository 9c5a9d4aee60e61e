/**
 * The n-th valid number of the range that is never issued (999 000 0000 to 999 999 9999), check digit by modulus 11.
 * Source: NHS Data Dictionary, NHS NUMBER. Numbers whose check digit would be 10 are left out.
 */
export function* testNhsNumbers(): Generator<string> {
  for (let serial = 1; serial < 1_000_000; serial += 1) {
    const nine = `999${String(serial).padStart(6, '0')}`
    const check = checkDigit(nine)
    if (check !== undefined) yield `${nine}${check}`
  }
}

function checkDigit(nine: string): number | undefined {
  const sum = [...nine].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
  const digit = 11 - (sum % 11)
  if (digit === 10) return undefined
  return digit === 11 ? 0 : digit
}
