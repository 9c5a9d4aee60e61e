import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { SearchedPerson } from '#domain/search/people-search.ts'
import { hasLeft, LeftList } from '#features/parts/record/left-list.tsx'
import { NhsNumber } from '#features/parts/record/nhs-number.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import type { PeopleSearchState } from './use-people-search.ts'

export const optionId = (listId: string, place: number) => `${listId}-${place}`

type Props = Readonly<{
  listId: string
  active: number
  search: PeopleSearchState
  choose: (person: SearchedPerson) => void
}>

/** Who was found, or opened last. The arrows move through it, and a click opens a record too. */
export function FoundPeopleList({ listId, active, search, choose }: Props) {
  const { t } = useLingui()
  const { people, asked } = search
  return (
    <>
      <p role="status">
        <Found search={search} />
      </p>
      <div
        className="people-search__found"
        role="listbox"
        id={listId}
        aria-label={asked ? t`People found` : t`People you opened last`}
      >
        {people.map((person, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are on the field, which keeps the focus
          <div
            key={person.id}
            role="option"
            id={optionId(listId, place)}
            tabIndex={-1}
            aria-selected={place === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(person)}
          >
            <PersonName {...person} />
            <span>
              <About person={person} isRecent={!asked} />
            </span>
          </div>
        ))}
      </div>
    </>
  )
}

function Found({ search }: Pick<Props, 'search'>) {
  const { people, more, asked, isPending, isError } = search
  if (isError)
    return <Trans>We could not search. You need an internet connection. Try again.</Trans>
  if (isPending) return <Trans>Searching</Trans>
  if (!asked && people.length === 0) return <Trans>Type a name, a number or a date of birth.</Trans>
  if (!asked) return <Trans>You opened last:</Trans>
  if (people.length === 0) return <Trans>Nobody whom you may see. Check the spelling.</Trans>
  if (more) return <Trans>The first {people.length}. Type more to find others.</Trans>
  return <Plural value={people.length} one="# person" other="# people" />
}

function About({ person, isRecent }: { person: SearchedPerson; isRecent: boolean }) {
  const { birthDate, nhsNumber, coordinator, died, setAside, leftOn } = person
  return (
    <>
      {birthDate ? <DateText date={birthDate} /> : <Trans>Birth date not known</Trans>}
      {nhsNumber || !isRecent ? (
        <>
          {' · '}
          <NhsNumber value={nhsNumber} />
        </>
      ) : null}
      {coordinator ? (
        <>
          {' · '}
          <Trans>With {coordinator}</Trans>
        </>
      ) : null}
      {died ? (
        <>
          {' · '}
          <Trans>Died</Trans>
        </>
      ) : null}
      {leftOn && hasLeft(person) && !died ? (
        <>
          {' · '}
          <LeftList leftOn={leftOn} />
        </>
      ) : null}
      {setAside ? (
        <>
          {' · '}
          <Trans>No longer in use</Trans>
        </>
      ) : null}
    </>
  )
}
