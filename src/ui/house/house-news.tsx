import { Trans } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { joint } from './joint.ts'

type Props = Readonly<{ title: ReactNode; news: readonly string[]; isFirstVisit?: boolean }>

const mostNews = 2

/** What is new is named, never counted: the first of it at once, the rest on request. */
export function HouseNews({ title, news, isFirstVisit = false }: Props) {
  const [isWhole, setWhole] = useState(false)
  if (news.length === 0) return <Trans>Nothing new</Trans>
  if (isFirstVisit) return <Trans>New to you</Trans>
  const shown = isWhole ? news : news.slice(0, mostNews)
  return (
    <>
      <Trans>New:</Trans>{' '}
      {shown.map((name, place) => (
        <span key={name}>
          {place > 0 ? joint(shown[place - 1] ?? '') : null}
          <bdi>{name}</bdi>
        </span>
      ))}
      {news.length > mostNews ? (
        <>
          {' '}
          <button
            type="button"
            className="gable-house__all"
            aria-expanded={isWhole}
            onClick={() => setWhole(!isWhole)}
          >
            {isWhole ? <Trans>Show less</Trans> : <Trans>Show all that is new</Trans>}
            <span className="nhsuk-u-visually-hidden">: {title}</span>
          </button>
        </>
      ) : null}
    </>
  )
}
