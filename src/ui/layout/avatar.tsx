/** Initials in a circle; yellow is only for the person. The name is beside it for everybody who cannot see it. */
export function Avatar({
  name,
  voice = 'professional',
  className = '',
}: Readonly<{ name: string; voice?: 'person' | 'carer' | 'professional'; className?: string }>) {
  // a name that was filled into a sentence is between invisible marks
  const letters = name.replaceAll(/[^\p{L}\p{M}\p{N}\s’'-]/gu, '')
  const words = letters.replace(/^(Dr|Mrs|Mr|Ms|Miss) /, '').split(/\s+/)
  const initials = [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => word?.charAt(0) ?? '')
    .join('')
  return (
    <span
      className={`gable-avatar gable-avatar--${voice} ${className}`}
      role="img"
      aria-label={name}
      title={name}
    >
      {initials.toUpperCase()}
    </span>
  )
}
