import type { RouteObject } from 'react-router'
import { page } from './page.tsx'

/** How a team shares its work: meetings, who is away and who covers, and whose people are whose. */
export const teamPages: RouteObject[] = [
  page('/meetings', () =>
    import('#features/meetings/meetings-page.tsx').then((file) => file.MeetingsPage),
  ),
  page('/meetings/:meeting', () =>
    import('#features/meetings/meeting-page.tsx').then((file) => file.MeetingPage),
  ),
  page('/meetings/:meeting/letter/:person', () =>
    import('#features/meetings/letter-page.tsx').then((file) => file.LetterPage),
  ),
  page('/cover', () => import('#features/cover/cover-page.tsx').then((file) => file.CoverPage)),
  page('/cover/share', () =>
    import('#features/cover/share/share-page.tsx').then((file) => file.SharePage),
  ),
  page('/cover/handed/:batch', () =>
    import('#features/cover/pack/handed-pack-page.tsx').then((file) => file.HandedPackPage),
  ),
  page('/cover/:absence', () =>
    import('#features/cover/pack/cover-pack-page.tsx').then((file) => file.CoverPackPage),
  ),
  page('/cover/:absence/back', () =>
    import('#features/cover/while-away-page.tsx').then((file) => file.WhileAwayPage),
  ),
]
