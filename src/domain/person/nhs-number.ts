/** True if the ten digits pass the modulus-11 check of the NHS number (NHS Data Dictionary, NHS NUMBER). */
export function isNhsNumber(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false
  const sum = [...text.slice(0, 9)].reduce(
    (total, digit, place) => total + Number(digit) * (10 - place),
    0,
  )
  return (11 - (sum % 11)) % 11 === Number(text[9])
}
