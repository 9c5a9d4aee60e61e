import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { ownWords } from './own-words.ts'

type WordsProps = Readonly<{
  children: ReactNode
  size?: 'row' | 'lead'
  className?: string
  /** where the words lead to. The link is inside: a browser gives no name to a link around a quotation */
  to?: string
}>

/** The person's own words: larger, in regular weight, behind the yellow bar that is only theirs. */
export function Quote({ children, size, className = '', to }: WordsProps) {
  return (
    <blockquote
      className={`gable-words ${size ? `gable-words--${size}` : ''} ${className}`}
      {...ownWords(children)}
    >
      {to ? <Link to={to}>{children}</Link> : children}
    </blockquote>
  )
}

/** What somebody said. Only what the person said is behind the bar: not what came from a list of goals. */
export function SaidQuote({ isPersons, ...words }: WordsProps & Readonly<{ isPersons: boolean }>) {
  if (isPersons) return <Quote {...words} />
  return (
    <p className={`gable-said ${words.className ?? ''}`} {...ownWords(words.children)}>
      {words.to ? <Link to={words.to}>{words.children}</Link> : words.children}
    </p>
  )
}
