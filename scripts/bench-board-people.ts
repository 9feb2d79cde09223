import { sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { anOrganisation } from "#test/factories.ts";
import { publishRequirements } from "#app/domain/competence/requirement.server.ts";
import { loadContent } from "./content.ts";

/** How many requirements everybody has to meet on the board of the bench. */
export const benchRequirements = 12;

/** The organisation and twelve requirements of the content, asked of everybody. */
export async function requirementsForAll(db: Db, now: Date): Promise<void> {
  const { requirements } = loadContent("content");
  await db.transaction(async (tx) => {
    await anOrganisation(tx);
    const all = requirements
      .slice(0, benchRequirements)
      .map((one) => ({ ...one, system: undefined, appliesTo: undefined, audiences: ["all-staff"] }));
    await publishRequirements(tx, all, now);
  });
}

/**
 * People with a period in a realistic state for each requirement, and the earlier and next ones these have, written by
 * the database itself: through the product it would take an hour. Empties what was there before.
 */
export async function fillBoard(db: Db, people: number, now: Date): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  await db.execute(sql`truncate person, period, waiver cascade`);
  await db.transaction(async (tx) => {
    await tx.execute(sql`select setseed(0.42)`);
    await tx.execute(sql`
      insert into person (id, pseudonym, email, name, department, title, manager_id, location, time_zone, language,
        employment_type, hired_on, computer_share, audiences, roles)
      select 'g-' || lpad(i::text, 6, '0'), gen_random_uuid(), 'person.' || i || '@aldermoor.example',
        (array['Ada','Bram','Chen','Daan','Elena','Femke','Grace','Hana','Ibrahim','Jana','Karim','Leila','Marek','Nina','Omar','Pia','Rosa','Sanne','Tariq','Zofia'])[1 + floor(random() * 20)]
        || ' ' ||
        (array['Adeyemi','Bakker','Costa','Dekker','Farah','Haddad','Jansen','Kowalska','Larsen','Mensah','Nakamura','Okafor','Pereira','Rossi','Smit','Torres','Visser','Weber','Yilmaz','Zhang'])[1 + floor(random() * 20)]
        || ' ' || chr(65 + floor(random() * 26)::int),
        (array['Customer Support','Software Engineering','Data & Analytics','Product','Sales','Marketing','Finance','Human Resources','Legal','Executive Office'])[1 + floor(power(random(), 2) * 10)],
        'Specialist', case when i % 12 = 1 then null else 'g-' || lpad((i - (i - 1) % 12)::text, 6, '0') end,
        (array['Rotterdam','Kraków','Austin'])[1 + floor(random() * 3)], 'Europe/Amsterdam', 'en',
        case when random() < 0.1 then 'contractor' else 'employee' end,
        date '2014-01-01' + floor(random() * 4000)::int, 80, array['all-staff'], array['employee']
      from generate_series(1, ${sql.raw(String(people))}) i`);
    await tx.execute(sql`
      create temporary table drawn on commit drop as
      select p.id as person_id, r.slug, random() as draw, random() as spread, random() < 0.5 as renewed
      from person p cross join requirement r`);
    // Share of each state as in generate-people.ts. The cycle that counts, or counted last:
    await tx.execute(sql`
      insert into period (id, person_id, requirement_slug, number, assigned_at, due_at, grace_until, started_at,
        completed_at, renew_from, expires_at, superseded_at)
      select gen_random_uuid(), person_id, slug, case when draw < 0.58 and renewed then 2 else 1 end,
        done - interval '20 days', done + interval '10 days', done + interval '24 days', done - interval '2 days', done,
        done + interval '305 days', done + interval '365 days',
        case when draw >= 0.7 then done + interval '365 days' end
      from (select *, ${at} - case
          when draw < 0.58 then interval '3 days' + spread * interval '300 days'
          when draw < 0.7 then interval '306 days' + spread * interval '58 days'
          else interval '366 days' + spread * interval '90 days' end as done
        from drawn where draw < 0.75) d`);
    // The cycle before it:
    await tx.execute(sql`
      insert into period (id, person_id, requirement_slug, number, assigned_at, due_at, grace_until, started_at,
        completed_at, renew_from, expires_at, superseded_at)
      select gen_random_uuid(), person_id, requirement_slug, 1, assigned_at - interval '365 days',
        due_at - interval '365 days', grace_until - interval '365 days', started_at - interval '350 days',
        completed_at - interval '350 days', completed_at - interval '40 days', completed_at + interval '15 days',
        completed_at
      from period where number = 2`);
    // The renewal that is open:
    await tx.execute(sql`
      insert into period (id, person_id, requirement_slug, number, assigned_at, due_at, grace_until)
      select gen_random_uuid(), person_id, requirement_slug, 2, renew_from, expires_at, expires_at
      from period where number = 1 and renew_from <= ${at}
        and (superseded_at is null or superseded_at = expires_at)`);
    // Those who never proved it:
    await tx.execute(sql`
      insert into period (id, person_id, requirement_slug, number, assigned_at, due_at, grace_until, started_at)
      select gen_random_uuid(), person_id, slug, 1, given, given + interval '30 days', given + interval '44 days',
        case when draw < 0.83 then given + interval '1 day' end
      from (select *, ${at} - case when draw >= 0.94 then interval '46 days' + spread * interval '90 days'
          else spread * interval '29 days' + interval '1 day' end as given
        from drawn where draw >= 0.75) d`);
    await tx.execute(sql`
      insert into waiver (id, period_id, reason, granted_by, granted_at, until)
      select gen_random_uuid(), p.id, 'On long leave.', 'system', ${at} - interval '1 day', ${at} + interval '60 days'
      from drawn d join period p on p.person_id = d.person_id and p.requirement_slug = d.slug
      where draw >= 0.91 and draw < 0.94`);
  });
}
