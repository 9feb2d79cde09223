import { describe, expect, it } from "vitest";
import { masked, maskedIn, markers } from "./masking.ts";

// Put together here, so that no scanner takes the examples for leaked keys.
const key = `sk-${"proj4aB9".repeat(3)}`;
const token = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJtaWxhIn0", "c2lnbmF0dXJl"].join(".");
const random = ["q7Xb2LmK9", "vT4nR8wZ", "3cYh6PdF1s"].join("");
const pem = (kind: string) =>
  `-----BEGIN ${kind}${"PRIVATE"} KEY-----\nMIIE\n-----END ${kind}${"PRIVATE"} KEY-----`;

describe("masked", () => {
  it.each([
    // Secrets
    [`The key is ${key} in the script`, "The key is [secret] in the script"],
    [`Bearer ${token}`, "Bearer [secret]"],
    [`Authorization: Basic ${"bWlsYTpzb21tZXIyMDI2"}`, "Authorization: Basic [secret]"],
    ["password: Sommer2026!", "password: [secret]"],
    ["The password is hunter22", "The password is [secret]"],
    ["The password is hunter22.", "The password is [secret]."],
    ['{"password": "hunter22"}', '{"password": "[secret]"}'],
    ["password: sommerregen", "password: [secret]"],
    ["Das Passwort lautet Regen#44, bitte", "Das Passwort lautet [secret], bitte"],
    ["Le mot de passe est Pluie2026", "Le mot de passe est [secret]"],
    ["La contraseña es lluvia_77", "La contraseña es [secret]"],
    ["Het wachtwoord is regen44", "Het wachtwoord is [secret]"],
    ["PIN: 4711", "PIN: [secret]"],
    ["postgres://app:s3cret@db.aldermoor.example/main", "[secret]"],
    ["redis://:s3cret@cache:6379/0", "[secret]"],
    ["https://mila:rain/44@files.example/x", "[secret]"],
    ["Server=db;User Id=sa;Password=hunter22;Encrypt=true", "Server=db;User Id=sa;Password=[secret]"],
    [`AccountName=box;AccountKey=${"bG9uZ2tleQ".repeat(3)}==`, "AccountName=box;AccountKey=[secret]"],
    [`AKIA${"ABCDEFGHIJKLMNOP"}`, "[secret]"],
    [`Use ghp_${"a1B2".repeat(9)} then`, "Use [secret] then"],
    [`AIza${"SyA1b2C3d4".repeat(3)}`, "[secret]"],
    [`xoxb-${"12345678901-AbCdEf"}`, "[secret]"],
    [pem("RSA "), "[secret]"],
    [pem("OPENSSH "), "[secret]"],
    [pem(""), "[secret]"],
    [
      `DB_PASSWORD=rain\nLOG=info\nexport API_KEY="${"k9x8w7v6"}"`,
      'DB_PASSWORD=[secret]\nLOG=info\nexport API_KEY="[secret]"',
    ],
    [`Rotate ${random} today`, "Rotate [secret] today"],
    // E-mail addresses
    ["Mail anna.de-vries+work@aldermoor.example please", "Mail [e-mail address] please"],
    ["Mail anna [at] firm dot com", "Mail [e-mail address]"],
    ["Mail anna(at)firm(dot)com.", "Mail [e-mail address]."],
    ["Mail anna at firm dot com", "Mail [e-mail address]"],
    ["Mail anna @ firm.example", "Mail [e-mail address]"],
    ["Mail anna arroba firma punto com", "Mail [e-mail address]"],
    ["?to=anna%40firm.example&x=1", "?to=[e-mail address]&x=1"],
    ["an\u200Bna@fi\u00ADrm.example", "[e-mail address]"],
    ["anna＠firm．example", "[e-mail address]"],
    // Telephone numbers
    ["Ring +31 10 123 45 67 or 010-1234567", "Ring [phone number] or [phone number]"],
    ["Ring (512) 555-0199 in Austin", "Ring [phone number] in Austin"],
    ["Tel. 612 345 678", "Tel. [phone number]"],
    ["Rufnummer: 0171 2345678", "Rufnummer: [phone number]"],
    ["Mon numéro 06 12 34 56 78, merci", "Mon numéro [phone number], merci"],
    ["+44 (0)20 7946 0958", "[phone number]"],
    ["0049 30 901820", "[phone number]"],
    ["call me on ٠٦١٢٣٤٥٦٧٨", "call me on [phone number]"],
    // Accounts
    ["Pay to NL91 ABNA 0417 1643 00 today", "Pay to [account number] today"],
    ["Pay to NL91ABNA0417164300", "Pay to [account number]"],
    ["IBAN DE89 3704 0044 0532 0130 00 AND MORE", "IBAN [account number] AND MORE"],
    ["es91 2100 0418 4502 0005 1332", "[account number]"],
    ["IBAN: NL92ABNA0417164300", "IBAN: [account number]"],
    ["Card 4111 1111 1111 1111, thanks", "Card [account number], thanks"],
    ["378282246310005", "[account number]"],
    ["Kontonummer: 532013000", "Kontonummer: [account number]"],
    // National numbers
    ["BSN 111222333", "BSN [national id]"],
    ["Patient 1112.22.333 is ill", "Patient [national id] is ill"],
    ["DNI 12345678Z, NIE X1234567L", "DNI [national id], NIE [national id]"],
    ["12.345.678-Z", "[national id]"],
    ["NIR 2 55 08 14 168 025 38", "NIR [national id]"],
    ["Steuer-ID 86 095 742 719", "Steuer-ID [national id]"],
    ["Steuer-ID: 86095742719", "Steuer-ID: [national id]"],
    ["15 070649 C 103", "[national id]"],
    ["SSN 123-45-6789", "SSN [national id]"],
    ["passport number: XR8124467", "passport number: [national id]"],
    // Dates of birth
    ["born on 12 March 1984 in Utrecht", "born on [date of birth] in Utrecht"],
    ["Geburtsdatum: 12.03.1984", "Geburtsdatum: [date of birth]"],
    ["née le 12 mars 1984", "née le [date of birth]"],
    ["fecha de nacimiento: 12 de marzo de 1984", "fecha de nacimiento: [date of birth]"],
    ["DOB 1984-03-12", "DOB [date of birth]"],
    // Network addresses
    ["Blocked 203.0.113.7 again", "Blocked [network address] again"],
    ["ping 10.0.0.5", "ping [network address]"],
    ["from 2001:db8::8a2e:370:7334 at 10", "from [network address] at 10"],
    ["MAC 00:1b:44:11:3a:b7", "MAC [network address]"],
    // Street addresses
    ["She lives at 221 Baker Street, London", "She lives at [address]"],
    ["Lieferung an Berliner Straße 12, 10115 Berlin bitte", "Lieferung an [address] bitte"],
    ["Hauptstr. 5a", "[address]"],
    ["Coolsingel 40, 3011 AD Rotterdam", "[address]"],
    ["12 bis, rue de la République, 75011 Paris", "[address]"],
    ["Vive en Calle de Alcalá 45, 28014 Madrid", "Vive en [address]"],
    // Names
    ["Ask Mrs Smith about it", "Ask Mrs [name] about it"],
    ["Frag Herrn Dr. Müller, bitte", "Frag Herrn Dr. [name], bitte"],
    ["Mme Dupont est absente", "Mme [name] est absente"],
    ["El Sr. García llamó", "El Sr. [name] llamó"],
    ["Mevrouw van der Berg belde", "Mevrouw [name] belde"],
    ["The patient Anneliese Okafor asked", "The patient [name] asked"],
    ["our customer Zuzana Kral complains", "our customer [name] complains"],
    ["candidate Tom O'Neill", "candidate [name]"],
    ["Kollegin Petra Schulz", "Kollegin [name]"],
    ["Dear Anna,", "Dear [name],"],
    ["Kind regards,\nAnna Bakker", "Kind regards,\n[name]"],
    ["I gave Anna Bakker's file to it", "I gave [name]'s file to it"],
  ])("masks %s", (text, wanted) => expect(masked(text)).toBe(wanted));

  it.each([
    "May I use Quillmate on 2026-11-23 for 12 pages?",
    "Version 2.0.1 of the tool, build 20261123",
    "Is a password ever allowed?",
    "The password is required.",
    "The password policy is strict",
    "password: everyone knows it",
    "The token limit is generous",
    "MAX_TOKENS=4096",
    "SORT_KEY=created_at",
    "The secret is to ask early",
    "The key is trust",
    "La clave es escuchar",
    "Between 2026-11-23 and 2026-12-02, 1000 tickets",
    "from 01.02.2026 to 03.04.2026",
    "on 23/11/2026 10:30:45",
    "2026-11-23T10:30:45Z",
    "11/2026 and 12/2026",
    "ISO/IEC 42001:2023 clause 7.2 (section 4.1)",
    "Regulation (EU) 2024/1689, Article 5(1)(f)",
    "Directive 95/46/EC and 2016/679",
    "clause 2.3, clause 8.2.1 and annex A.6.2.6",
    "section 4.2.1.3 of the handbook",
    "Release 10.12.0.4 of the firmware",
    "Windows 10.0.19045.3693",
    "v1.2.3-beta.4",
    "article number 0123456789",
    "Order 4500012345 of 120 pieces",
    "order no. 512-555-0199",
    "part no. AB-1234-5678-CD",
    "Part 1112.22.333 of the list",
    "Invoice 111222333",
    "SKU 8712345678906",
    "EAN 4006381333931",
    "ISBN 978-3-16-148410-0",
    "a width of 1.250 mm, 12.5 kg and 0.25 l",
    "0.123456789",
    "12 345 678 rows",
    "1,234,567.89 EUR",
    "€ 12.345.678,90",
    "912 345 678 records",
    "timestamp 1700000000000",
    "quantity 100 200 300",
    "scores 7 8 9 10 11 12 13",
    "09:00-17:00, room 4.12",
    "ratio 16:9:4",
    "commit 9fceb02d0ae598e95dc970b74767f19372d6fa1b",
    "id 550e8400-e29b-41d4-a716-446655440000",
    "GetCustomerInvoiceByIdAndYear2024Report",
    "Projects/2026/Q3/ReportV2/FinalDraft3.docx",
    "the-quick-brown-fox-jumps-over-the-lazy-dog",
    "AKIA is how such keys begin",
    "risk-assessment-guidelines-2026",
    "sk-learn is a library for statistics",
    "look at example.com for details",
    "meet @ noon. Then we talk",
    "https://learn.example:8443/policies/x?y=1",
    "http://127.0.0.1:3000 and 0.0.0.0",
    "std::vector and a::b",
    "We have 12 Streets of data",
    "3 Google Drive folders",
    "Arbeitsplatz 12 und Spielplatz 3",
    "The 5 Whys method",
    "Customer Service Team",
    "our customer Success Manager",
    "the candidate Interview Notes",
    "employee Assistance Programme",
    "the patient Data Protection Act",
    "Sr. Software Engineer",
    "MS Teams and Ms Word",
    "Dear Colleagues,",
    "Dear Hiring Manager,",
    "Mark the date; Will we use it?",
    "Ask Microsoft Copilot or Claude Sonnet",
    "the team was born in 2012",
    "Room B12, seat 14A",
    "10 Downing papers",
    "page 3 of 12, 2nd edition",
    "👩‍👩‍👧 and café",
  ])("leaves alone: %s", (text) => expect(masked(text)).toBe(text));

  it("masks the names it is given, however they are written, and no tool's name", () => {
    const names = ["Wren Castellane", "Joris van Dijk", "Camille Lefèvre"];
    expect(masked("WREN CASTELLANE, joris van dijk and Camille Lefevre met", { names })).toBe(
      "[name], [name] and [name] met",
    );
    expect(masked("Wren Castellanes", { names })).toBe("Wren Castellanes");
    const tools = ["Quillmate Enterprise", "Hirelens"];
    expect(masked("our customer Quillmate Enterprise and candidate Hirelens Search", { tools })).toBe(
      "our customer Quillmate Enterprise and candidate Hirelens Search",
    );
  });

  it("counts what it masked by kind, and knows a data class for each", () => {
    const text = masked(`Mrs Smith, a@b.example, c@d.example, ${key}`);
    expect(maskedIn(text)[0]).toEqual({ marker: "[e-mail address]", count: 2 });
    expect(maskedIn(text).map((m) => m.marker)).toEqual(["[e-mail address]", "[secret]", "[name]"]);
    expect(new Set(markers.map((m) => m.marker)).size).toBe(markers.length);
  });
});
