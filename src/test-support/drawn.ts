import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { MemoryRouter } from 'react-router'
import { activateI18n } from '#app/i18n.ts'

/** What a component shows that gets all its data as props, as markup in English. */
export function drawn(screen: ReactNode): string {
  activateI18n()
  const inPlace = createElement(MemoryRouter, null, screen)
  return renderToStaticMarkup(createElement(I18nProvider, { i18n }, inPlace))
}

/** The same without its tags, as a reader sees it. */
export const read = (screen: ReactNode): string => drawn(screen).replaceAll(/<[^>]*>/g, '')
