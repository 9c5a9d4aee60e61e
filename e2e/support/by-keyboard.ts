import { expect, type Page } from '@playwright/test'

/**
 * What somebody meets who uses the keyboard, and colours of their own: each control has a name, shows that it has the
 * focus, and lets it go on. Call it in forced colours: there a shadow or a background shows nothing.
 */
export async function expectOperable(page: Page, title: string): Promise<void> {
  // from now on the browser shows the focus as after a key
  await page.keyboard.press('Tab')
  const faults = await page.evaluate(faultsOfControls)
  expect.soft(faults, `controls on ${title}`).toEqual([])
  expect.soft(await page.evaluate(shownByColourOnly), `colour alone on ${title}`).toEqual([])
}

/** Goes through the page with the key, and comes out at its end. */
export async function expectNoTrap(page: Page, title: string): Promise<void> {
  await page.evaluate(() => {
    ;(document.activeElement as HTMLElement | null)?.blur()
    getSelection()?.removeAllRanges()
    document.querySelector<HTMLElement>('main h1')?.focus()
  })
  const isOut = () => {
    const { activeElement: now, body } = document
    return now === body || now?.closest('main') === null
  }
  for (let press = 0; press < 120; press += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(isOut)) return
  }
  expect.soft('the focus does not leave the page', title).toBe('it does')
}

function faultsOfControls(): string[] {
  const seen = ['outlineStyle', 'outlineWidth', 'borderTopWidth', 'borderTopColor'] as const
  const also = ['borderBottomWidth', 'borderBottomColor', 'textDecorationLine'] as const
  const lookOf = (control: Element) => {
    // a radio button is drawn by its label
    const drawn = [control, control.nextElementSibling, control.closest('label')]
    return drawn
      .flatMap((each) => (each ? [getComputedStyle(each), getComputedStyle(each, '::before')] : []))
      .map((style) => [...seen, ...also].map((one) => style[one]).join(' '))
      .join('|')
  }
  const nameOf = (control: HTMLElement) => {
    const labels = (control as HTMLInputElement).labels ?? []
    const by = (control.getAttribute('aria-labelledby') ?? '').split(' ')
    const texts = [
      ...[...labels].map((each) => each.textContent),
      ...by.map((id) => (id ? document.getElementById(id)?.textContent : '')),
      control.getAttribute('aria-label'),
      control.textContent,
      control.getAttribute('title'),
    ]
    return texts.find((each) => each?.trim()) ?? ''
  }
  const holdsTab = (control: HTMLElement) =>
    !control.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true }),
    )
  const controls = [
    ...document.querySelectorAll<HTMLElement>(
      'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex="0"]',
    ),
  ].filter((each) => each.checkVisibility())
  return controls.flatMap((control) => {
    ;(document.activeElement as HTMLElement | null)?.blur()
    const before = lookOf(control)
    control.focus()
    if (document.activeElement !== control) return []
    const faults = [
      ...(nameOf(control) ? [] : ['no name']),
      ...(lookOf(control) === before ? ['focus not shown'] : []),
      ...(holdsTab(control) ? ['holds the focus'] : []),
    ]
    return faults.map((fault) => `${fault}: ${control.outerHTML.slice(0, 120)}`)
  })
}

/** What is chosen, pressed or current looks like its neighbours where only the system’s colours are drawn. */
function shownByColourOnly(): string[] {
  const seen = [
    'borderTopWidth',
    'borderBottomWidth',
    'borderTopStyle',
    'borderBottomStyle',
  ] as const
  const also = ['fontWeight', 'textDecorationLine', 'outlineStyle', 'forcedColorAdjust'] as const
  const lookOf = (each: Element) => {
    const style = getComputedStyle(each)
    const after = getComputedStyle(each, '::after')
    return [...seen, ...also].map((one) => `${style[one]} ${after[one]}`).join(' ')
  }
  const isOn = '[aria-current], [aria-pressed="true"], [aria-selected="true"]'
  return [...document.querySelectorAll(isOn)]
    .filter((each) => each.checkVisibility() && each.getAttribute('aria-current') !== 'false')
    .flatMap((each) => {
      const list = each.closest('ul, ol, nav, [role="tablist"], [role="group"], fieldset')
      const other = [...(list?.querySelectorAll(each.localName) ?? [])].find(
        (one) => one !== each && !one.matches(isOn),
      )
      const isSame =
        other && lookOf(other) === lookOf(each) && each.textContent === other.textContent
      const isAlike = other && lookOf(other) === lookOf(each)
      return isSame || isAlike ? [each.outerHTML.slice(0, 120)] : []
    })
}
