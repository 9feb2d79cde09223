/**
 * Common given names of the organisation's languages that are no ordinary words, places or names of AI tools. A name with a
 * capitalised word behind it is a person's.
 */
export const givenNames: ReadonlySet<string> = new Set(
  // English
  (
    "james john robert michael david william richard joseph thomas charles christopher daniel matthew anthony steven andrew kenneth joshua kevin brian george edward ronald timothy jason jeffrey ryan jacob nicholas eric jonathan stephen justin brandon benjamin samuel gregory patrick alexander peter paul simon philip martin stuart graham nigel oliver harry callum liam ethan noah lucas henry mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa margaret sandra ashley emily donna michelle carol amanda melissa deborah stephanie rebecca laura sharon cynthia kathleen shirley angela helen anna brenda pamela nicole samantha katherine christine rachel carolyn janet catherine maria heather diane julie joyce kelly lauren megan andrea hannah olivia emma isabella chloe lucy alice fiona claire gemma eleanor abigail priya aisha fatima mohammed muhammad mohamed ahmed ali omar hassan ibrahim yusuf raj ravi anil sanjay deepak wei ming yuki hiroshi kenji olga svetlana natalia ivan dmitri sergei " +
    // German
    "hans klaus jürgen wolfgang dieter heinz günther uwe bernd rainer manfred stefan andreas matthias markus florian tobias sebastian jan lukas felix jonas moritz maximilian johannes friedrich karl ursula monika petra sabine renate helga karin brigitte ingrid gisela anja katrin silke heike birgit susanne jutta ulrike katharina johanna lena leonie franziska annika " +
    // French
    "jean pierre michel françois philippe jacques bernard alain gérard christophe frédéric laurent nicolas julien sébastien guillaume antoine mathieu thierry olivier pascal hugo théo louis marie nathalie isabelle sylvie françoise monique valérie sandrine céline émilie aurélie camille léa manon chloé inès juliette charlotte élodie amélie " +
    // Spanish and Portuguese
    "josé antonio manuel francisco juan javier carlos miguel ángel alejandro fernando luis pablo jorge alberto álvaro diego sergio rafael raúl enrique andrés carmen josefa isabel dolores pilar teresa rosa cristina marta lucía elena paula raquel beatriz silvia patricia rocío sofía inês joão tiago catarina mariana " +
    // Dutch
    "willem cornelis hendrik johan pieter gerrit joris bram sander jeroen maarten wouter thijs daan sem luuk ruben niels koen bas joost johanna maria cornelia wilhelmina saskia marieke femke sanne lotte fleur mila anouk esmee roos anneke ingeborg mieke hanneke marijke annemieke els tineke willemijn " +
    // Polish, Italian, Turkish
    "piotr krzysztof andrzej tomasz paweł łukasz michał katarzyna małgorzata agnieszka ewa joanna giuseppe giovanni marco luca matteo lorenzo giulia chiara francesca mehmet mustafa ayşe emine zeynep elif"
  ).split(" "),
);
