/**
 * `joined_to(person, kept)`: each record that was joined to another, maybe through others, and every one that it leads
 * to. `union` ends where two records name each other.
 */
export const joinedToSql = `with recursive joined_to(person, kept) as (
    select p.person, p.replaced_by from person_row p where p.replaced_by is not null
    union select j.person, p.replaced_by from joined_to j join person_row p on p.person = j.kept
      where p.replaced_by is not null)`
