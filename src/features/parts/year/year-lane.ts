import type { ReactNode } from 'react'
import { placeInSpan, type YearSpan } from '#domain/year/year-span.ts'

/** One thing of a lane, in words: for the list below the picture. */
export type LaneEntry = Readonly<{
  id: string
  day: string
  text: string
  detail?: string | undefined
}>

/** A row of the picture: its name, how high it is, how it is drawn from a height on, and the same in words. */
export type YearLane = Readonly<{
  key: string
  title: string
  note?: string
  height: number
  draw: (top: number) => ReactNode
  /** the names of its rows, beside the picture */
  names?: (top: number) => ReactNode
  entries: readonly LaneEntry[]
}>

/** The measures of the picture, in its own unit: a pixel at full size. */
export type YearFrame = Readonly<{
  width: number
  left: number
  right: number
  font: number
  x: (day: string) => number
}>

const widest = 1180
const rightMargin = 24

export function yearFrame(span: YearSpan, font: number): YearFrame {
  const left = font * 11
  const right = widest - rightMargin
  return {
    ...{ width: widest, left, right, font },
    x: (day) => left + placeInSpan(day, span) * (right - left),
  }
}

/** As wide as a text can be in Arial of this size: no letter is measured, so a little more. */
export const textWidth = (text: string, font: number): number => [...text].length * font * 0.56

const mostLetters = 30

/** A text that is too long for the picture is cut there: the list has all of it. */
export const shortText = (text: string): string =>
  [...text].length <= mostLetters ? text : `${[...text].slice(0, mostLetters - 1).join('')}…`
