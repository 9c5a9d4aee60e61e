/** A telephone number that calls when tapped; read from left to right in every language. */
export function PhoneLink({ number, className }: Readonly<{ number: string; className?: string }>) {
  return (
    <a href={`tel:${number.replaceAll(/[^\d+*#]/g, '')}`} {...(className ? { className } : {})}>
      <bdi>{number}</bdi>
    </a>
  )
}
