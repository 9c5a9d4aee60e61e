import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { peopleSearchQuery } from '#client/queries/patient/people-search.ts'
import type { SearchedPerson } from '#domain/search/people-search.ts'

/** Somebody who types is not asked about at each letter. */
const pauseMs = 250

export type PeopleSearchState = Readonly<{
  text: string
  setText: (text: string) => void
  /** what was asked for: empty, who was opened last */
  asked: string
  people: readonly SearchedPerson[]
  more: boolean
  isPending: boolean
  isError: boolean
}>

/**
 * What is typed, and who is found for it a moment later. One letter alone finds too many to be asked for. Who was opened
 * last is asked for only if the user wants to see it: whoever is shown can read that they were looked at.
 */
export function usePeopleSearch(isOpen: boolean, wantsRecent: boolean): PeopleSearchState {
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const wish = text.trim().length > 1 ? text.trim() : ''
  const enabled = isOpen && (asked !== '' || wantsRecent)
  const { data, isFetching, isError } = useQuery({ ...peopleSearchQuery(asked), enabled })
  const isWaiting = wish !== asked
  return {
    text,
    setText: (typed) => {
      setText(typed)
      clearTimeout(waiting.current)
      const next = typed.trim().length > 1 ? typed.trim() : ''
      waiting.current = setTimeout(() => setAsked(next), next ? pauseMs : 0)
    },
    asked,
    people: isWaiting || !enabled ? [] : (data?.people ?? []),
    more: data?.more === true,
    isPending: isWaiting || isFetching,
    isError,
  }
}
