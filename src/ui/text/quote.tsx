import type { ReactNode } from 'react'
import { ownWords } from './own-words.ts'

type WordsProps = Readonly<{ children: ReactNode; size?: 'row' | 'lead'; className?: string }>

/** The person's own words: larger, in regular weight, behind the yellow bar that is only theirs. */
export function Quote({ children, size, className = '' }: WordsProps) {
  return (
    <blockquote
      className={`gable-words ${size ? `gable-words--${size}` : ''} ${className}`}
      {...ownWords(children)}
    >
      {children}
    </blockquote>
  )
}

/** What somebody said. Only what the person said is behind the bar: not what came from a list of goals. */
export function SaidQuote({ isPersons, ...words }: WordsProps & Readonly<{ isPersons: boolean }>) {
  if (isPersons) return <Quote {...words} />
  return (
    <p className={`gable-said ${words.className ?? ''}`} {...ownWords(words.children)}>
      {words.children}
    </p>
  )
}
