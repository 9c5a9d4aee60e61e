import { Trans, useLingui } from '@lingui/react/macro'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { SearchedPerson } from '#domain/search/people-search.ts'
import { Button } from '#ui/layout/button.tsx'
import { FoundPeopleList, optionId } from './found-people-list.tsx'
import { setSearchShortcut, useSearchShortcut } from './search-shortcut.ts'
import { usePeopleSearch } from './use-people-search.ts'

/** On every page for staff: a person by name, number or date of birth, by keyboard alone. */
export function PeopleSearch() {
  const { t } = useLingui()
  const listId = useId()
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [wantsRecent, setWantsRecent] = useState(false)
  const search = usePeopleSearch(isOpen, wantsRecent)
  const navigate = useNavigate()
  const { people } = search
  useSlash(() => field.current?.focus())
  const close = () => {
    setOpen(false)
    setActive(-1)
    setWantsRecent(false)
  }
  const choose = ({ id }: SearchedPerson) => {
    close()
    search.setText('')
    void navigate(`/people/${id}/plan`)
  }
  const step = (by: number) => {
    setOpen(true)
    setWantsRecent(true)
    if (people.length > 0) setActive((active + by + people.length) % people.length)
  }
  const enter = () => {
    const found =
      people[active] ?? (people.length === 1 && !search.isPending ? people[0] : undefined)
    if (found) choose(found)
  }
  const keys = new Map([
    ['ArrowDown', () => step(1)],
    ['ArrowUp', () => step(active === -1 ? 0 : -1)],
    ['Enter', enter],
    ['Escape', () => (isOpen ? close() : search.setText(''))],
  ])
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys.get(event.key)
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <search
      aria-label={t`Find a person`}
      className="people-search"
      ref={box}
      onBlur={({ relatedTarget }) => {
        if (!box.current?.contains(relatedTarget)) close()
      }}
    >
      <input
        ref={field}
        className="nhsuk-input people-search__field"
        type="text"
        role="combobox"
        aria-label={t`Find a person by name, number or date of birth`}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(isOpen && active >= 0 ? { 'aria-activedescendant': optionId(listId, active) } : {})}
        placeholder={t`Name, number or birth date`}
        autoComplete="off"
        spellCheck={false}
        value={search.text}
        onFocus={() => setOpen(true)}
        onChange={({ target }) => {
          search.setText(target.value)
          setOpen(true)
          setActive(-1)
        }}
        onKeyDown={onKeyDown}
      />
      {isOpen ? (
        <div className="people-search__panel">
          <FoundPeopleList {...{ listId, active, search, choose }} />
          {search.text.trim() || wantsRecent ? null : (
            <p>
              <Button
                variant="link"
                onClick={() => {
                  setWantsRecent(true)
                  field.current?.focus()
                }}
              >
                <Trans>Opened last</Trans>
              </Button>
            </p>
          )}
          <p>
            <Link to="/emergency" onClick={close}>
              <Trans>Someone you do not know? Open a record in an emergency</Trans>
            </Link>
          </p>
          <Shortcut />
        </div>
      ) : null}
    </search>
  )
}

/** A single key can be switched off: it would get in the way of speaking to the computer. */
function Shortcut() {
  const isOn = useSearchShortcut(({ value }) => value === 'on')
  return (
    <p>
      {isOn ? <Trans>The key / leads here.</Trans> : <Trans>The key / is off.</Trans>}{' '}
      <Button variant="link" onClick={() => setSearchShortcut(isOn ? 'off' : 'on')}>
        {isOn ? <Trans>Switch it off</Trans> : <Trans>Switch it on</Trans>}
      </Button>
    </p>
  )
}

const writes = 'input, textarea, select, [contenteditable="true"], dialog'

function useSlash(go: () => void) {
  const isOn = useSearchShortcut(({ value }) => value === 'on')
  const then = useRef(go)
  then.current = go
  useEffect(() => {
    if (!isOn) return
    const listen = (event: globalThis.KeyboardEvent) => {
      const isPlain = !(event.ctrlKey || event.metaKey || event.altKey)
      const isWriting = event.target instanceof Element && event.target.closest(writes) !== null
      if (event.key !== '/' || !isPlain || isWriting) return
      event.preventDefault()
      then.current()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [isOn])
}
