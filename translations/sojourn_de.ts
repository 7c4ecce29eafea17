<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Comparison</name>
    <message>
        <source>Attribute</source>
        <translation>Attribut</translation>
    </message>
    <message>
        <source>%1, differs</source>
        <translation>%1, verschieden</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Vorproduktion</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <comment>seconds</comment>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <comment>minutes</comment>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>%1 d %2</source>
        <comment>days, then hours:minutes:seconds</comment>
        <translation>%1 d %2</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours</comment>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Angelegt</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>Fresh id: key %1 became %2</source>
        <translation>Neue Kennung: aus Schlüssel %1 wurde %2</translation>
    </message>
    <message>
        <source>Fresh id</source>
        <translation>Neue Kennung</translation>
    </message>
    <message>
        <source>Destroyed by the application (logged out)</source>
        <translation>Von der Anwendung beendet (abgemeldet)</translation>
    </message>
    <message>
        <source>Expired: no request for the whole idle time</source>
        <translation>Abgelaufen: die ganze Leerlaufzeit lang keine Anfrage</translation>
    </message>
    <message>
        <source>Expired: reached the absolute end of its life</source>
        <translation>Abgelaufen: das absolute Ende ihrer Lebensdauer ist erreicht</translation>
    </message>
    <message>
        <source>Expired: its fixed deadline passed</source>
        <translation>Abgelaufen: die feste Frist ist vorbei</translation>
    </message>
    <message>
        <source>Evicted: the user had too many sessions</source>
        <translation>Verdrängt: der Benutzer hatte zu viele Sitzungen</translation>
    </message>
    <message>
        <source>Revoked: the user logged out everywhere</source>
        <translation>Widerrufen: der Benutzer hat sich überall abgemeldet</translation>
    </message>
    <message>
        <source>Revoked by an administrator</source>
        <translation>Von einem Administrator widerrufen</translation>
    </message>
    <message>
        <source>Set aside: the record could not be decoded</source>
        <translation>Beiseitegelegt: der Datensatz war nicht lesbar</translation>
    </message>
    <message>
        <source>rotated</source>
        <translation>erneuert</translation>
    </message>
    <message>
        <source>destroyed</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>expired (idle)</source>
        <translation>abgelaufen (Leerlauf)</translation>
    </message>
    <message>
        <source>expired (absolute)</source>
        <translation>abgelaufen (absolut)</translation>
    </message>
    <message>
        <source>expired (deadline)</source>
        <translation>abgelaufen (Frist)</translation>
    </message>
    <message>
        <source>evicted (too many)</source>
        <translation>verdrängt (zu viele)</translation>
    </message>
    <message>
        <source>revoked (by user)</source>
        <translation>widerrufen (Benutzer)</translation>
    </message>
    <message>
        <source>revoked (admin)</source>
        <translation>widerrufen (Admin)</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>beiseitegelegt</translation>
    </message>
    <message>
        <source>as the application decides</source>
        <translation>wie die Anwendung es bestimmt</translation>
    </message>
    <message>
        <source>after %1 without a request</source>
        <translation>nach %1 ohne Anfrage</translation>
    </message>
    <message>
        <source>when the browser closes</source>
        <translation>wenn der Browser schließt</translation>
    </message>
    <message>
        <source>at %1, whatever happens</source>
        <translation>um %1, was auch geschieht</translation>
    </message>
    <message numerus="yes">
        <source>{%n names}</source>
        <translation>
            <numerusform>{%n Name}</numerusform>
            <numerusform>{%n Namen}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>[%n items]</source>
        <translation>
            <numerusform>[%n Eintrag]</numerusform>
            <numerusform>[%n Einträge]</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ActivityLog</name>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::BulkJob</name>
    <message numerus="yes">
        <source>%n done</source>
        <translation>
            <numerusform>%n erledigt</numerusform>
            <numerusform>%n erledigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n failed: %1</source>
        <translation>
            <numerusform>, %n fehlgeschlagen: %1</numerusform>
            <numerusform>, %n fehlgeschlagen: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n left out by the stop</source>
        <translation>
            <numerusform>, %n durch das Anhalten ausgelassen</numerusform>
            <numerusform>, %n durch das Anhalten ausgelassen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::CompareSessionsDialog</name>
    <message>
        <source>Compare two sessions</source>
        <translation>Zwei Sitzungen vergleichen</translation>
    </message>
    <message>
        <source>Show &amp;only what differs</source>
        <translation>&amp;Nur Unterschiede zeigen</translation>
    </message>
    <message>
        <source>Attributes of both sessions</source>
        <translation>Attribute beider Sitzungen</translation>
    </message>
    <message numerus="yes">
        <source>%n attributes differ.</source>
        <translation>
            <numerusform>%n Attribut ist verschieden.</numerusform>
            <numerusform>%n Attribute sind verschieden.</numerusform>
        </translation>
    </message>
    <message>
        <source>All attributes are equal.</source>
        <translation>Alle Attribute sind gleich.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::CompareStoresDialog</name>
    <message>
        <source>Compare stores and snapshots</source>
        <translation>Speicher und Schnappschüsse vergleichen</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Choose two sides. What was active only, without another change, counts as equal.</source>
        <translation>Wählen Sie zwei Seiten. Was nur benutzt, aber sonst nicht geändert wurde, gilt als gleich.</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Attributes before and after</source>
        <translation>Attribute vorher und nachher</translation>
    </message>
    <message>
        <source>Before:</source>
        <translation>Vorher:</translation>
    </message>
    <message>
        <source>After:</source>
        <translation>Nachher:</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>added</source>
        <translation>hinzugekommen</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>%1 added, %2 removed, %3 changed.</source>
        <translation>%1 hinzugekommen, %2 entfernt, %3 geändert.</translation>
    </message>
    <message>
        <source>Stopped before the end.</source>
        <translation>Vor dem Ende angehalten.</translation>
    </message>
    <message>
        <source>The first %1 are shown.</source>
        <translation>Die ersten %1 sind zu sehen.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ConflictDialog</name>
    <message>
        <source>Changed meanwhile</source>
        <translation>Inzwischen geändert</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;Somebody changed this session after you looked at it (version %2 now). Nothing was written yet.</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;Jemand hat diese Sitzung geändert, nachdem Sie sie gesehen haben (jetzt Version %2). Noch wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>Before, now and yours</source>
        <translation>Vorher, jetzt und Ihre Fassung</translation>
    </message>
    <message>
        <source>As you saw it</source>
        <translation>Wie Sie sie sahen</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>Wie sie jetzt ist</translation>
    </message>
    <message>
        <source>As you want it</source>
        <translation>Wie Sie sie wollen</translation>
    </message>
    <message>
        <source>You want it to end %1; it ends %2 now.</source>
        <translation>Sie soll enden: %1; jetzt endet sie: %2.</translation>
    </message>
    <message>
        <source>&amp;Keep theirs</source>
        <translation>&amp;Deren behalten</translation>
    </message>
    <message>
        <source>&amp;Delete it anyway</source>
        <translation>Trotzdem &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Write mine over it</source>
        <translation>Mit &amp;meiner überschreiben</translation>
    </message>
    <message>
        <source>&amp;Edit again</source>
        <translation>&amp;Erneut bearbeiten</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ConnectionDialog</name>
    <message>
        <source>Connect to a store</source>
        <translation>Mit einem Speicher verbinden</translation>
    </message>
    <message>
        <source>Edit connection</source>
        <translation>Verbindung bearbeiten</translation>
    </message>
    <message>
        <source>SQLite file</source>
        <translation>SQLite-Datei</translation>
    </message>
    <message>
        <source>Redis or Valkey</source>
        <translation>Redis oder Valkey</translation>
    </message>
    <message>
        <source>Running application</source>
        <translation>Laufende Anwendung</translation>
    </message>
    <message>
        <source>Another store URL</source>
        <translation>Andere Speicher-URL</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Session database</source>
        <translation>Sitzungsdatenbank</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>&amp;Datei:</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>&amp;Keep the password in the system&apos;s keychain</source>
        <translation>Passwort im &amp;Schlüsselbund des Systems aufheben</translation>
    </message>
    <message>
        <source>There is no keychain here: the password is asked for each time.</source>
        <translation>Hier gibt es keinen Schlüsselbund: nach dem Passwort wird jedes Mal gefragt.</translation>
    </message>
    <message>
        <source>Encrypted (&amp;TLS)</source>
        <translation>Verschlüsselt (&amp;TLS)</translation>
    </message>
    <message>
        <source>&amp;Host and port:</source>
        <translation>&amp;Rechner und Port:</translation>
    </message>
    <message>
        <source>&amp;Database number:</source>
        <translation>Daten&amp;banknummer:</translation>
    </message>
    <message>
        <source>Key &amp;prefix:</source>
        <translation>Schlüssel&amp;präfix:</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>Ben&amp;utzer:</translation>
    </message>
    <message>
        <source>Pass&amp;word:</source>
        <translation>Pass&amp;wort:</translation>
    </message>
    <message>
        <source>&amp;Application:</source>
        <translation>&amp;Anwendung:</translation>
    </message>
    <message>
        <source>Applications of yours on this machine that let themselves be inspected.</source>
        <translation>Ihre Anwendungen auf diesem Rechner, die sich inspizieren lassen.</translation>
    </message>
    <message>
        <source>Store U&amp;RL:</source>
        <translation>Speicher-U&amp;RL:</translation>
    </message>
    <message>
        <source>Production stores open read-only, and destructive work on many sessions wants the name typed.</source>
        <translation>Produktionsspeicher öffnen sich nur lesend, und wer viele Sitzungen zerstören will, muss den Namen eintippen.</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Bernstein</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Petrol</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Open &amp;read-only</source>
        <translation>Nur &amp;lesend öffnen</translation>
    </message>
    <message>
        <source>&amp;Save in the side bar</source>
        <translation>In der Seitenleiste &amp;sichern</translation>
    </message>
    <message>
        <source>S&amp;tore:</source>
        <translation>Speic&amp;her:</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>&amp;Environment:</source>
        <translation>&amp;Umgebung:</translation>
    </message>
    <message>
        <source>&amp;Colour:</source>
        <translation>&amp;Farbe:</translation>
    </message>
    <message>
        <source>Test c&amp;onnection</source>
        <translation>Verbindung &amp;prüfen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Asking the store…</source>
        <translation>Der Speicher wird gefragt …</translation>
    </message>
    <message numerus="yes">
        <source>It answers: %n sessions, %1 ms.</source>
        <translation>
            <numerusform>Er antwortet: %n Sitzung, %1 ms.</numerusform>
            <numerusform>Er antwortet: %n Sitzungen, %1 ms.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::DetailPanel</name>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Add attribute…</source>
        <translation>Attribut hinzufügen …</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Als JSON kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Show secrets</source>
        <translation>Geheimnisse zeigen</translation>
    </message>
    <message>
        <source>Show values that look like secrets</source>
        <translation>Werte zeigen, die nach Geheimnissen aussehen</translation>
    </message>
    <message>
        <source>Set %1 of %2</source>
        <translation>%1 von %2 setzen</translation>
    </message>
    <message>
        <source>Remove %1 of %2</source>
        <translation>%1 von %2 entfernen</translation>
    </message>
    <message>
        <source>Not renamed: there is an attribute %1 already.</source>
        <translation>Nicht umbenannt: ein Attribut %1 gibt es schon.</translation>
    </message>
    <message>
        <source>Rename %1 to %2 in %3</source>
        <translation>%1 in %3 in %2 umbenennen</translation>
    </message>
    <message>
        <source>Attributes as JSON</source>
        <translation>Attribute als JSON</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>&amp;Anwenden</translation>
    </message>
    <message>
        <source>Re&amp;vert</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>Created:</source>
        <translation>Angelegt:</translation>
    </message>
    <message>
        <source>Last seen:</source>
        <translation>Zuletzt gesehen:</translation>
    </message>
    <message>
        <source>Ends:</source>
        <translation>Endet:</translation>
    </message>
    <message>
        <source>Ends in:</source>
        <translation>Endet in:</translation>
    </message>
    <message>
        <source>Absolute end:</source>
        <translation>Absolutes Ende:</translation>
    </message>
    <message>
        <source>Expiry:</source>
        <translation>Ablauf:</translation>
    </message>
    <message>
        <source>Id handed out:</source>
        <translation>Kennung ausgegeben:</translation>
    </message>
    <message>
        <source>Fresh id:</source>
        <translation>Neue Kennung:</translation>
    </message>
    <message>
        <source>Version:</source>
        <translation>Version:</translation>
    </message>
    <message>
        <source>Size:</source>
        <translation>Größe:</translation>
    </message>
    <message>
        <source>Set e&amp;xpiry…</source>
        <translation>A&amp;blauf setzen …</translation>
    </message>
    <message>
        <source>Expire &amp;now</source>
        <translation>Jetzt ablaufen &amp;lassen</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>No session selected</source>
        <translation>Keine Sitzung ausgewählt</translation>
    </message>
    <message>
        <source>Select one in the table to see its attributes, times and what happened to it.</source>
        <translation>Wählen Sie eine in der Tabelle, um ihre Attribute, Zeiten und Geschichte zu sehen.</translation>
    </message>
    <message>
        <source>This session has ended. What is known of it is in the time line.</source>
        <translation>Diese Sitzung ist zu Ende. Was man von ihr weiß, steht in der Zeitleiste.</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>Nothing is known of this session.</source>
        <translation>Von dieser Sitzung ist nichts bekannt.</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>Sitzung %1</translation>
    </message>
    <message>
        <source>no user</source>
        <translation>kein Benutzer</translation>
    </message>
    <message numerus="yes">
        <source>%n attributes</source>
        <translation>
            <numerusform>%n Attribut</numerusform>
            <numerusform>%n Attribute</numerusform>
        </translation>
    </message>
    <message>
        <source>a fresh id is due on the next request</source>
        <translation>eine neue Kennung ist mit der nächsten Anfrage fällig</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>due on the visitor&apos;s next request</source>
        <translation>fällig mit der nächsten Anfrage des Besuchers</translation>
    </message>
    <message>
        <source>not asked for</source>
        <translation>nicht verlangt</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gesichert …</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gesichert</translation>
    </message>
    <message>
        <source>Changed by somebody else meanwhile</source>
        <translation>Inzwischen von jemand anderem geändert</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gesichert: %1</translation>
    </message>
    <message>
        <source>Add attribute</source>
        <translation>Attribut hinzufügen</translation>
    </message>
    <message>
        <source>Name in %1:</source>
        <translation>Name in %1:</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Name:</translation>
    </message>
    <message>
        <source>Not applied yet.</source>
        <translation>Noch nicht angewandt.</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>Zeile %1, Spalte %2: %3</translation>
    </message>
    <message>
        <source>the attributes must be one object</source>
        <translation>die Attribute müssen ein Objekt sein</translation>
    </message>
    <message numerus="yes">
        <source>Change %n attributes of %1</source>
        <translation>
            <numerusform>%n Attribut von %1 ändern</numerusform>
            <numerusform>%n Attribute von %1 ändern</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Editor</name>
    <message>
        <source>The session was changed by somebody else meanwhile.</source>
        <translation>Die Sitzung wurde inzwischen von jemand anderem geändert.</translation>
    </message>
    <message>
        <source>This session has ended meanwhile; nothing was written.</source>
        <translation>Diese Sitzung ist inzwischen zu Ende; es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>Wiederholen: %1</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ExpiryDialog</name>
    <message>
        <source>Set expiry</source>
        <translation>Ablauf setzen</translation>
    </message>
    <message>
        <source>Session %1 ends</source>
        <translation>Sitzung %1 endet</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions end</source>
        <translation>
            <numerusform>%n Sitzung endet</numerusform>
            <numerusform>%n Sitzungen enden</numerusform>
        </translation>
    </message>
    <message>
        <source>after &amp;inactivity of</source>
        <translation>nach &amp;Untätigkeit von</translation>
    </message>
    <message>
        <source>Idle time</source>
        <translation>Leerlaufzeit</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>Unit of the idle time</source>
        <translation>Einheit der Leerlaufzeit</translation>
    </message>
    <message>
        <source>&amp;at</source>
        <translation>&amp;um</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>Frist</translation>
    </message>
    <message>
        <source>when the &amp;browser closes</source>
        <translation>wenn der &amp;Browser schließt</translation>
    </message>
    <message>
        <source>as the a&amp;pplication decides</source>
        <translation>wie die &amp;Anwendung es bestimmt</translation>
    </message>
    <message>
        <source>Set &amp;expiry</source>
        <translation>&amp;Ablauf setzen</translation>
    </message>
    <message numerus="yes">
        <source>Set &amp;expiry of %n sessions</source>
        <translation>
            <numerusform>&amp;Ablauf von %n Sitzung setzen</numerusform>
            <numerusform>&amp;Ablauf von %n Sitzungen setzen</numerusform>
        </translation>
    </message>
    <message>
        <source>This moment has passed: the session ends at once.</source>
        <translation>Dieser Zeitpunkt ist vorbei: die Sitzung endet sofort.</translation>
    </message>
    <message>
        <source>It ends at %1 whatever is chosen here: that is the absolute end of its life.</source>
        <translation>Sie endet um %1, was auch immer hier gewählt wird: das ist das absolute Ende ihrer Lebensdauer.</translation>
    </message>
    <message>
        <source>Requests of the visitor do not move this deadline.</source>
        <translation>Anfragen des Besuchers verschieben diese Frist nicht.</translation>
    </message>
    <message>
        <source>Each request of the visitor moves the deadline.</source>
        <translation>Jede Anfrage des Besuchers verschiebt die Frist.</translation>
    </message>
    <message>
        <source>The idle time of the application holds from the visitor&apos;s next request on.</source>
        <translation>Ab der nächsten Anfrage des Besuchers gilt die Leerlaufzeit der Anwendung.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Histogram</name>
    <message>
        <source>A click shows the sessions of this time in the table</source>
        <translation>Ein Klick zeigt die Sitzungen dieser Zeit in der Tabelle</translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <translation>%1 bis %2: %3</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::JsonTreeModel</name>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>true/false</source>
        <translation>wahr/falsch</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>list</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Not saved: %1 is not JSON. Write text in quotes.</source>
        <translation>Nicht gesichert: %1 ist kein JSON. Text gehört in Anführungszeichen.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::MainWindow</name>
    <message>
        <source>Shows and changes the sessions of web applications, live.</source>
        <translation>Zeigt und ändert die Sitzungen von Webanwendungen, während sie laufen.</translation>
    </message>
    <message>
        <source>Stores to open: sqlite:PATH, redis://HOST, live:NAME, memory:, or snapshot files.</source>
        <translation>Zu öffnende Speicher: sqlite:PFAD, redis://RECHNER, live:NAME, memory: oder Schnappschussdateien.</translation>
    </message>
    <message>
        <source>Open every store for reading only.</source>
        <translation>Alle Speicher nur zum Lesen öffnen.</translation>
    </message>
    <message>
        <source>light or dark, whatever the system says.</source>
        <translation>light oder dark, was auch immer das System sagt.</translation>
    </message>
    <message>
        <source>Sojourn Inspector</source>
        <translation>Sojourn Inspector</translation>
    </message>
    <message>
        <source>Open stores</source>
        <translation>Offene Speicher</translation>
    </message>
    <message>
        <source>Stores</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>At a glance</source>
        <translation>Auf einen Blick</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <translation>&amp;Verbinden …</translation>
    </message>
    <message>
        <source>&amp;Open snapshot…</source>
        <translation>Schnappschuss ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Export what is shown…</source>
        <translation>Angezeigte &amp;exportieren …</translation>
    </message>
    <message>
        <source>Export &amp;selected…</source>
        <translation>&amp;Ausgewählte exportieren …</translation>
    </message>
    <message>
        <source>&amp;Import snapshot…</source>
        <translation>Schnappschuss &amp;importieren …</translation>
    </message>
    <message>
        <source>Close &amp;tab</source>
        <translation>&amp;Tab schließen</translation>
    </message>
    <message>
        <source>Save activity &amp;log…</source>
        <translation>&amp;Protokoll sichern …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtern</translation>
    </message>
    <message>
        <source>&amp;Show all</source>
        <translation>&amp;Alle zeigen</translation>
    </message>
    <message>
        <source>Find by &amp;cookie…</source>
        <translation>Über &amp;Cookie suchen …</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Auffrischen</translation>
    </message>
    <message>
        <source>Set e&amp;xpiry…</source>
        <translation>A&amp;blauf setzen …</translation>
    </message>
    <message>
        <source>Extend by an &amp;hour</source>
        <translation>Um eine &amp;Stunde verlängern</translation>
    </message>
    <message>
        <source>Extend by a &amp;day</source>
        <translation>Um einen &amp;Tag verlängern</translation>
    </message>
    <message>
        <source>Expire &amp;now</source>
        <translation>Jetzt ablaufen &amp;lassen</translation>
    </message>
    <message>
        <source>&amp;Rotate on next request</source>
        <translation>Bei nächster Anfrage &amp;erneuern</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>Erneuern</translation>
    </message>
    <message>
        <source>The visitors stay logged in and get a fresh id with their next request</source>
        <translation>Die Besucher bleiben angemeldet und bekommen mit der nächsten Anfrage eine neue Kennung</translation>
    </message>
    <message>
        <source>C&amp;lear attributes</source>
        <translation>Attribute &amp;leeren</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Revoke &amp;all of the user</source>
        <translation>Alle des Benutzers &amp;widerrufen</translation>
    </message>
    <message>
        <source>Show only this &amp;user</source>
        <translation>Nur diesen Ben&amp;utzer zeigen</translation>
    </message>
    <message>
        <source>&amp;Compare two sessions</source>
        <translation>Zwei Sitzungen &amp;vergleichen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare &amp;stores and snapshots…</source>
        <translation>&amp;Speicher und Schnappschüsse vergleichen …</translation>
    </message>
    <message>
        <source>Expire &amp;now…</source>
        <translation>Jetzt ablaufen &amp;lassen …</translation>
    </message>
    <message>
        <source>&amp;Rotate on next request…</source>
        <translation>Bei nächster Anfrage &amp;erneuern …</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>&amp;Writable</source>
        <translation>&amp;Beschreibbar</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Sessions</source>
        <translation>&amp;Sitzungen</translation>
    </message>
    <message>
        <source>&amp;Expiry</source>
        <translation>A&amp;blauf</translation>
    </message>
    <message>
        <source>All that the filter sh&amp;ows</source>
        <translation>Alle &amp;gefilterten</translation>
    </message>
    <message>
        <source>S&amp;tore</source>
        <translation>S&amp;peicher</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Start the &amp;demo</source>
        <translation>&amp;Demo starten</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>Ü&amp;ber</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Find by cookie</source>
        <translation>Über Cookie suchen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Password of %1:</source>
        <translation>Passwort von %1:</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Not opened</source>
        <translation>Nicht geöffnet</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>%1 wird geöffnet …</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>name of a store, then its environment</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 – Sojourn Inspector</source>
        <translation>%1 – Sojourn Inspector</translation>
    </message>
    <message>
        <source>%1 (%2) – Sojourn Inspector</source>
        <translation>%1 (%2) – Sojourn Inspector</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>&amp;Rückgängig: %1</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>&amp;Wiederholen: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>%1: connecting…</source>
        <translation>%1: wird verbunden …</translation>
    </message>
    <message>
        <source>%1: not connected, trying again</source>
        <translation>%1: nicht verbunden, neuer Versuch läuft</translation>
    </message>
    <message>
        <source>%1: connected, %2 ms</source>
        <translation>%1: verbunden, %2 ms</translation>
    </message>
    <message>
        <source>%1 events/s</source>
        <translation>%1 Ereignisse/s</translation>
    </message>
    <message>
        <source>writable</source>
        <translation>beschreibbar</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>nur lesend</translation>
    </message>
    <message>
        <source>Open snapshot</source>
        <translation>Schnappschuss öffnen</translation>
    </message>
    <message>
        <source>Snapshots (*.json *.jsonl *.json.gz *.jsonl.gz)</source>
        <translation>Schnappschüsse (*.json *.jsonl *.json.gz *.jsonl.gz)</translation>
    </message>
    <message>
        <source>demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>The demo runs at %1. Open it in a browser and watch its sessions here.</source>
        <translation>Die Demo läuft unter %1. Öffnen Sie sie im Browser und sehen Sie hier ihre Sitzungen.</translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation>Demo starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Export the selected sessions</source>
        <translation>Die ausgewählten Sitzungen exportieren</translation>
    </message>
    <message>
        <source>Export the sessions that are shown</source>
        <translation>Die angezeigten Sitzungen exportieren</translation>
    </message>
    <message>
        <source>JSON (*.json);;JSON lines (*.jsonl);;Packed JSON (*.json.gz);;Packed JSON lines (*.jsonl.gz)</source>
        <translation>JSON (*.json);;JSON-Zeilen (*.jsonl);;Gepacktes JSON (*.json.gz);;Gepackte JSON-Zeilen (*.jsonl.gz)</translation>
    </message>
    <message>
        <source>Exporting sessions of %1…</source>
        <translation>Sitzungen von %1 werden exportiert …</translation>
    </message>
    <message>
        <source>Export to %1</source>
        <translation>Export nach %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions</source>
        <translation>
            <numerusform>%n Sitzung</numerusform>
            <numerusform>%n Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Import snapshot into %1</source>
        <translation>Schnappschuss in %1 importieren</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>Importing %1…</source>
        <translation>%1 wird importiert …</translation>
    </message>
    <message>
        <source>Import of %1</source>
        <translation>Import von %1</translation>
    </message>
    <message>
        <source>Import snapshot</source>
        <translation>Schnappschuss importieren</translation>
    </message>
    <message>
        <source>&lt;b&gt;Import %1 into %2?&lt;/b&gt;</source>
        <translation>&lt;b&gt;%1 in %2 importieren?&lt;/b&gt;</translation>
    </message>
    <message>
        <source>%1 sessions are new, %2 are in the store already, %3 have expired and are left out.</source>
        <translation>%1 Sitzungen sind neu, %2 sind schon im Speicher, %3 sind abgelaufen und bleiben weg.</translation>
    </message>
    <message numerus="yes">
        <source>Import the %n new</source>
        <translation>
            <numerusform>Die %n neue importieren</numerusform>
            <numerusform>Die %n neuen importieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import all, replacing %n</source>
        <translation>
            <numerusform>Alle importieren, %n ersetzen</numerusform>
            <numerusform>Alle importieren, %n ersetzen</numerusform>
        </translation>
    </message>
    <message>
        <source>Save activity log</source>
        <translation>Protokoll sichern</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
    <message>
        <source>About Sojourn Inspector</source>
        <translation>Über Sojourn Inspector</translation>
    </message>
    <message>
        <source>&lt;b&gt;Sojourn Inspector %1&lt;/b&gt;&lt;p&gt;Sessions of QHttpServer applications, live.&lt;/p&gt;&lt;p&gt;MIT licence. Uses Qt under the LGPL.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Sojourn Inspector %1&lt;/b&gt;&lt;p&gt;Sitzungen von QHttpServer-Anwendungen, während sie laufen.&lt;/p&gt;&lt;p&gt;MIT-Lizenz. Benutzt Qt unter der LGPL.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Auffrischen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Sessions that have ended have left the store: there is nothing to export.</source>
        <translation>Beendete Sitzungen sind nicht mehr im Speicher: Es gibt nichts zu exportieren.</translation>
    </message>
    <message>
        <source>Sessions that are set aside cannot be read, and so not be exported.</source>
        <translation>Beiseitegelegte Sitzungen sind nicht lesbar und lassen sich deshalb nicht exportieren.</translation>
    </message>
    <message>
        <source>The search is not finished: wait for it, or stop it to export what was found.</source>
        <translation>Die Suche läuft noch: Warten Sie sie ab, oder halten Sie sie an, um das Gefundene zu exportieren.</translation>
    </message>
    <message>
        <source>No session is shown.</source>
        <translation>Es wird keine Sitzung gezeigt.</translation>
    </message>
    <message>
        <source>Export what is shown</source>
        <translation>Exportieren, was zu sehen ist</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Overview</name>
    <message>
        <source>Sessions that end</source>
        <translation>Sitzungen, die enden</translation>
    </message>
    <message>
        <source>Sessions by age</source>
        <translation>Sitzungen nach Alter</translation>
    </message>
    <message>
        <source>Events of the last minute</source>
        <translation>Ereignisse der letzten Minute</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Largest sessions</source>
        <translation>Größte Sitzungen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Largest attributes</source>
        <translation>Größte Attribute</translation>
    </message>
    <message>
        <source>Count again</source>
        <translation>Neu zählen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>No store is open.</source>
        <translation>Kein Speicher ist offen.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt …</translation>
    </message>
    <message>
        <source>No sessions.</source>
        <translation>Keine Sitzungen.</translation>
    </message>
    <message>
        <source>%1 of %2 sessions looked at</source>
        <translation>%1 von %2 Sitzungen angesehen</translation>
    </message>
    <message>
        <source>%1 sessions, %2 without a user, %3 of attributes, %4 each on average</source>
        <translation>%1 Sitzungen, %2 ohne Benutzer, %3 Attribute, im Mittel je %4</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SessionModel</name>
    <message>
        <source>set aside</source>
        <translation>beiseitegelegt</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>fresh id due</source>
        <translation>neue Kennung fällig</translation>
    </message>
    <message>
        <source>ends soon</source>
        <translation>endet bald</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>rotate</source>
        <translation>erneuern</translation>
    </message>
    <message>
        <source>fixed deadline</source>
        <translation>feste Frist</translation>
    </message>
    <message>
        <source>browser session</source>
        <translation>Browsersitzung</translation>
    </message>
    <message>
        <source>own idle time</source>
        <translation>eigene Leerlaufzeit</translation>
    </message>
    <message>
        <source>The hash of the session id; the id itself is known only to the visitor&apos;s browser</source>
        <translation>Der Hash der Sitzungskennung; die Kennung selbst kennt nur der Browser des Besuchers</translation>
    </message>
    <message>
        <source>Time until the earlier of the idle and the absolute deadline</source>
        <translation>Zeit bis zur früheren der beiden Fristen, Leerlauf und absolut</translation>
    </message>
    <message>
        <source>Time until the session ends if no request comes</source>
        <translation>Zeit bis zum Ende, wenn keine Anfrage kommt</translation>
    </message>
    <message>
        <source>Time until the session ends whatever happens</source>
        <translation>Zeit bis zum Ende, was auch geschieht</translation>
    </message>
    <message>
        <source>Bytes of all attributes</source>
        <translation>Bytes aller Attribute</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Angelegt</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>Expires in</source>
        <translation>Endet in</translation>
    </message>
    <message>
        <source>Idle left</source>
        <translation>Leerlauf übrig</translation>
    </message>
    <message>
        <source>Absolute left</source>
        <translation>Absolut übrig</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Merkmale</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SessionView</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreActions</name>
    <message numerus="yes">
        <source>%n sessions</source>
        <translation>
            <numerusform>%n Sitzung</numerusform>
            <numerusform>%n Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>214 sessions of ann</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>214 sessions of 31 users</comment>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%n users</source>
        <translation>
            <numerusform>%n Benutzer</numerusform>
            <numerusform>%n Benutzern</numerusform>
        </translation>
    </message>
    <message>
        <source>Counting sessions</source>
        <translation>Sitzungen zählen</translation>
    </message>
    <message>
        <source>%1 in %2?</source>
        <comment>Delete 214 sessions of 31 users in shop?</comment>
        <translation>%1 in %2?</translation>
    </message>
    <message>
        <source>&lt;p&gt;This is more than %1 sessions and cannot be undone.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Das sind mehr als %1 Sitzungen; es lässt sich nicht rückgängig machen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;It can be undone as long as this tab is open.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Es lässt sich rückgängig machen, solange dieser Tab offen ist.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>This is production. Type the name of the store, &lt;b&gt;%1&lt;/b&gt;, to go on:</source>
        <translation>Das ist Produktion. Tippen Sie den Namen des Speichers, &lt;b&gt;%1&lt;/b&gt;, um fortzufahren:</translation>
    </message>
    <message>
        <source>Name of the store</source>
        <translation>Name des Speichers</translation>
    </message>
    <message>
        <source>Set expiry of %1</source>
        <translation>Ablauf setzen: %1</translation>
    </message>
    <message>
        <source>Extend %1 by %2</source>
        <translation>%1 um %2 verlängern</translation>
    </message>
    <message>
        <source>Each gets a fixed deadline that much later than its present one.</source>
        <translation>Jede bekommt eine feste Frist, die um so viel später liegt als die jetzige.</translation>
    </message>
    <message>
        <source>Expire %1 now</source>
        <translation>%1 jetzt ablaufen lassen</translation>
    </message>
    <message>
        <source>Their visitors are logged out with the next request.</source>
        <translation>Ihre Besucher sind mit der nächsten Anfrage abgemeldet.</translation>
    </message>
    <message>
        <source>Ask for fresh ids of %1</source>
        <translation>Neue Kennung verlangen: %1</translation>
    </message>
    <message>
        <source>Each visitor stays logged in and gets a fresh id with the next request; the old id is dead then.</source>
        <translation>Jeder Besucher bleibt angemeldet und bekommt mit der nächsten Anfrage eine neue Kennung; die alte ist dann ungültig.</translation>
    </message>
    <message>
        <source>Clear all attributes of %1</source>
        <translation>Alle Attribute leeren: %1</translation>
    </message>
    <message>
        <source>Ids, users and deadlines stay; everything else of these sessions goes.</source>
        <translation>Kennungen, Benutzer und Fristen bleiben; alles andere dieser Sitzungen geht.</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>Revoke %1</source>
        <translation>%1 widerrufen</translation>
    </message>
    <message>
        <source>The user is logged out everywhere, with the next request of each visitor.</source>
        <translation>Der Benutzer wird überall abgemeldet, mit der jeweils nächsten Anfrage.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreList</name>
    <message>
        <source>Stores</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gesichert</translation>
    </message>
    <message>
        <source>Running applications</source>
        <translation>Laufende Anwendungen</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Schnappschüsse</translation>
    </message>
    <message>
        <source>%1, open</source>
        <translation>%1, offen</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>name of a store, then its environment</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>keine gefunden</translation>
    </message>
    <message>
        <source>drop one here</source>
        <translation>hier fallen lassen</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Bearbeiten …</translation>
    </message>
    <message>
        <source>&amp;Remove from the side bar</source>
        <translation>Aus der Seitenleiste &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Sichern</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreTab</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Only sessions of this user, with those that ended lately</source>
        <translation>Nur Sitzungen dieses Benutzers, auch die kürzlich beendeten</translation>
    </message>
    <message>
        <source>Key begins with</source>
        <translation>Schlüssel beginnt mit</translation>
    </message>
    <message>
        <source>Attributes contain</source>
        <translation>Attribute enthalten</translation>
    </message>
    <message>
        <source>Looks at the names and values of all attributes, in the background</source>
        <translation>Sieht im Hintergrund die Namen und Werte aller Attribute durch</translation>
    </message>
    <message>
        <source>Any state</source>
        <translation>Jeder Zustand</translation>
    </message>
    <message>
        <source>Living</source>
        <translation>Lebend</translation>
    </message>
    <message>
        <source>Ended lately</source>
        <translation>Kürzlich beendet</translation>
    </message>
    <message>
        <source>Ends within 5 minutes</source>
        <translation>Endet in 5 Minuten</translation>
    </message>
    <message>
        <source>Fresh id due</source>
        <translation>Neue Kennung fällig</translation>
    </message>
    <message>
        <source>Set aside (unreadable)</source>
        <translation>Beiseitegelegt (unlesbar)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Do not filter by the deadline any more</source>
        <translation>Nicht mehr nach der Frist filtern</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Show all sessions again</source>
        <translation>Wieder alle Sitzungen zeigen</translation>
    </message>
    <message>
        <source>Progress of the search</source>
        <translation>Fortschritt der Suche</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Try the rest again</source>
        <translation>Rest erneut versuchen</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>What failed</source>
        <translation>Was fehlschlug</translation>
    </message>
    <message>
        <source>Counting the sessions that the filter shows…</source>
        <translation>Die gefilterten Sitzungen werden gezählt …</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %2 von %3</translation>
    </message>
    <message>
        <source>ends %1 – %2</source>
        <translation>endet %1 – %2</translation>
    </message>
    <message>
        <source>, %1 ended</source>
        <translation>, %1 beendet</translation>
    </message>
    <message>
        <source>, %1 new elsewhere (F5)</source>
        <translation>, %1 neue anderswo (F5)</translation>
    </message>
    <message>
        <source>%1 found in %2 of %3</source>
        <translation>%1 gefunden in %2 von %3</translation>
    </message>
    <message>
        <source>Searching: %1</source>
        <translation>Suche: %1</translation>
    </message>
    <message>
        <source>The sessions cannot be shown</source>
        <translation>Die Sitzungen lassen sich nicht zeigen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Asking the store…</source>
        <translation>Der Speicher wird gefragt …</translation>
    </message>
    <message>
        <source>No session matches the filter</source>
        <translation>Keine Sitzung passt zum Filter</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>No session yet</source>
        <translation>Noch keine Sitzung</translation>
    </message>
    <message>
        <source>Sessions appear here as soon as the application makes one. Open one of its pages in a browser.</source>
        <translation>Sitzungen erscheinen hier, sobald die Anwendung eine anlegt. Öffnen Sie eine ihrer Seiten im Browser.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Not connected.&lt;/b&gt; %1 Trying again by itself.</source>
        <translation>&lt;b&gt;Nicht verbunden.&lt;/b&gt; %1 Neue Versuche laufen von selbst.</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1 can be changed.&lt;/b&gt; This ends with the tab.</source>
        <translation>&lt;b&gt;%1 kann geändert werden.&lt;/b&gt; Das endet mit dem Tab.</translation>
    </message>
    <message>
        <source>Make it read-only again</source>
        <translation>Wieder nur lesend machen</translation>
    </message>
    <message>
        <source>&lt;b&gt;Production, read-only.&lt;/b&gt; Nothing here can be changed by accident.</source>
        <translation>&lt;b&gt;Produktion, nur lesend.&lt;/b&gt; Hier kann nichts aus Versehen geändert werden.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Read-only.&lt;/b&gt;</source>
        <translation>&lt;b&gt;Nur lesend.&lt;/b&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;Read-only.&lt;/b&gt; Nothing in it can be changed.</source>
        <translation>&lt;b&gt;Nur lesend.&lt;/b&gt; Nichts darin lässt sich ändern.</translation>
    </message>
    <message>
        <source>Make it writable…</source>
        <translation>Beschreibbar machen …</translation>
    </message>
    <message>
        <source>Find by cookie</source>
        <translation>Über Cookie suchen</translation>
    </message>
    <message>
        <source>Value of the session cookie.
It is hashed here, sent nowhere and not kept:</source>
        <translation>Wert des Sitzungs-Cookies.
Er wird hier gehasht, nirgends hingeschickt und nicht aufgehoben:</translation>
    </message>
    <message>
        <source>This is no session cookie: its value must be 22 letters, digits, - and _.</source>
        <translation>Das ist kein Sitzungs-Cookie: der Wert muss aus 22 Buchstaben, Ziffern, - und _ bestehen.</translation>
    </message>
    <message>
        <source>No living session has this cookie. If it ended lately, the time line says how.</source>
        <translation>Keine lebende Sitzung hat dieses Cookie. Endete sie kürzlich, sagt die Zeitleiste wie.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln Sitzung</numerusform>
            <numerusform>%Ln Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln sessions</source>
        <translation>
            <numerusform>%1 von %Ln Sitzung</numerusform>
            <numerusform>%1 von %Ln Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions are in the store.</source>
        <translation>
            <numerusform>%Ln Sitzung ist im Speicher.</numerusform>
            <numerusform>%Ln Sitzungen sind im Speicher.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Welcome</name>
    <message>
        <source>Sojourn Inspector</source>
        <translation>Sojourn Inspector</translation>
    </message>
    <message>
        <source>Sessions of web applications, live: see who is logged in and why somebody is not, change what a session holds, and take it back.</source>
        <translation>Sitzungen von Webanwendungen, während sie laufen: sehen, wer angemeldet ist und warum jemand nicht, ändern, was eine Sitzung enthält, und es zurücknehmen.</translation>
    </message>
    <message>
        <source>Try the &amp;demo</source>
        <translation>&amp;Demo ausprobieren</translation>
    </message>
    <message>
        <source>sojourn-demo was not found beside this program or in the search path.</source>
        <translation>sojourn-demo wurde weder neben diesem Programm noch im Suchpfad gefunden.</translation>
    </message>
    <message>
        <source>Starts a small web application with sessions and attaches to it.</source>
        <translation>Startet eine kleine Webanwendung mit Sitzungen und verbindet sich mit ihr.</translation>
    </message>
    <message>
        <source>&amp;Connect to a store</source>
        <translation>Mit einem Speicher &amp;verbinden</translation>
    </message>
    <message>
        <source>A SQLite file, Redis or Valkey, or an application that runs on this machine.</source>
        <translation>Eine SQLite-Datei, Redis oder Valkey oder eine Anwendung, die auf diesem Rechner läuft.</translation>
    </message>
    <message>
        <source>Open a s&amp;napshot</source>
        <translation>Einen Schn&amp;appschuss öffnen</translation>
    </message>
    <message>
        <source>A file that was exported before; dropping it on the window does the same.</source>
        <translation>Eine früher exportierte Datei; auf das Fenster ziehen geht auch.</translation>
    </message>
</context>
</TS>
