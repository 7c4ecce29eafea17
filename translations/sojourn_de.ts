<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Arguments</name>
    <message>
        <source>There is no option %1.</source>
        <translation>Es gibt keine Option %1.</translation>
    </message>
    <message>
        <source>--%1 takes no value.</source>
        <translation>--%1 nimmt keinen Wert.</translation>
    </message>
    <message>
        <source>--%1 needs a value: --%1 %2.</source>
        <translation>--%1 braucht einen Wert: --%1 %2.</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>War %1 gemeint?</translation>
    </message>
    <message>
        <source>Default: %1.</source>
        <translation>Vorgabe: %1.</translation>
    </message>
    <message>
        <source>Usage: %1</source>
        <translation>Aufruf: %1</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>Optionen:</translation>
    </message>
</context>
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
        <translation>Staging</translation>
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
        <translation>vor %1&#xa0;s</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <comment>minutes</comment>
        <translation>vor %1&#xa0;min</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>%1 d %2</source>
        <comment>days, then hours:minutes:seconds</comment>
        <translation>%1&#xa0;d %2</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1&#xa0;d</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours</comment>
        <translation>%1&#xa0;h</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1&#xa0;min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
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
        <translation>Von der Anwendung zerstört (abgemeldet)</translation>
    </message>
    <message>
        <source>Expired: no request for the whole idle time</source>
        <translation>Abgelaufen: Die ganze Inaktivitätszeit lang kam keine Anfrage</translation>
    </message>
    <message>
        <source>Expired: reached the absolute end of its life</source>
        <translation>Abgelaufen: Das absolute Ende ihrer Lebensdauer ist erreicht</translation>
    </message>
    <message>
        <source>Expired: its fixed deadline passed</source>
        <translation>Abgelaufen: Die feste Frist ist vorbei</translation>
    </message>
    <message>
        <source>Evicted: the user had too many sessions</source>
        <translation>Verdrängt: Der Benutzer hatte zu viele Sitzungen</translation>
    </message>
    <message>
        <source>Revoked: the user logged out everywhere</source>
        <translation>Widerrufen: Der Benutzer hat sich überall abgemeldet</translation>
    </message>
    <message>
        <source>Revoked by an administrator</source>
        <translation>Von einem Administrator widerrufen</translation>
    </message>
    <message>
        <source>Set aside: the record could not be decoded</source>
        <translation>Ausgesondert: Der Datensatz war nicht lesbar</translation>
    </message>
    <message>
        <source>rotated</source>
        <translation>erneuert</translation>
    </message>
    <message>
        <source>destroyed</source>
        <translation>zerstört</translation>
    </message>
    <message>
        <source>expired (idle)</source>
        <translation>abgelaufen (Inaktivität)</translation>
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
        <translation>ausgesondert</translation>
    </message>
    <message>
        <source>as the application decides</source>
        <translation>laut Anwendung</translation>
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
        <translation>am %1, was auch geschieht</translation>
    </message>
    <message numerus="yes">
        <source>{%Ln names}</source>
        <translation>
            <numerusform>{%Ln Feld}</numerusform>
            <numerusform>{%Ln Felder}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>[%Ln items]</source>
        <translation>
            <numerusform>[%Ln Eintrag]</numerusform>
            <numerusform>[%Ln Einträge]</numerusform>
        </translation>
    </message>
    <message>
        <source>Brought into this store by %1</source>
        <comment>an administrator</comment>
        <translation>In diesen Speicher gebracht von %1</translation>
    </message>
    <message>
        <source>Revoked by %1</source>
        <comment>an administrator</comment>
        <translation>Widerrufen von %1</translation>
    </message>
    <message>
        <source>Brought back by %1</source>
        <comment>an administrator</comment>
        <translation>Wiederhergestellt von %1</translation>
    </message>
    <message>
        <source>Changed by %1</source>
        <comment>an administrator</comment>
        <translation>Geändert von %1</translation>
    </message>
    <message>
        <source>Fresh id, by %1</source>
        <comment>an administrator</comment>
        <translation>Neue Kennung, durch %1</translation>
    </message>
    <message>
        <source>Ended by %1, who set its deadline</source>
        <comment>an administrator</comment>
        <translation>Beendet von %1, der die Frist gesetzt hat</translation>
    </message>
</context>
<context>
    <name>HiddenValues</name>
    <message numerus="yes">
        <source>(%Ln characters: edit them in the list)</source>
        <translation>
            <numerusform>(%Ln Zeichen: in der Liste bearbeiten)</numerusform>
            <numerusform>(%Ln Zeichen: in der Liste bearbeiten)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Error</name>
    <message>
        <source>the gzip file is cut off</source>
        <translation>die gzip-Datei ist abgeschnitten</translation>
    </message>
    <message>
        <source>the gzip data is damaged</source>
        <translation>die gzip-Daten sind beschädigt</translation>
    </message>
    <message>
        <source>zlib cannot start, probably for lack of memory. Use a plain file.</source>
        <translation>zlib startet nicht, wohl aus Mangel an Arbeitsspeicher. Nehmen Sie eine ungepackte Datei.</translation>
    </message>
    <message>
        <source>This build of Sojourn has no zlib and cannot read or write .gz files. Use a plain file.</source>
        <translation>Diese Sojourn-Fassung hat kein zlib und kann .gz-Dateien weder lesen noch schreiben. Nehmen Sie eine ungepackte Datei.</translation>
    </message>
    <message>
        <source>There is no living session with this key.</source>
        <translation>Es gibt keine lebende Sitzung mit diesem Schlüssel.</translation>
    </message>
    <message>
        <source>There is a session with this key already. Choose another key.</source>
        <translation>Es gibt schon eine Sitzung mit diesem Schlüssel. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>This user has as many sessions as allowed (%1). End one of them first.</source>
        <translation>Dieser Benutzer hat so viele Sitzungen wie erlaubt (%1). Beenden Sie erst eine davon.</translation>
    </message>
    <message>
        <source>The session would take %1 bytes, and the limit is %2. Store less in it, or raise the limit.</source>
        <translation>Die Sitzung würde %1 Bytes brauchen, erlaubt sind %2. Speichern Sie weniger darin, oder erhöhen Sie die Grenze.</translation>
    </message>
    <message>
        <source>The session has expired already. Give it a deadline in the future.</source>
        <translation>Die Sitzung ist schon abgelaufen. Geben Sie ihr eine Frist in der Zukunft.</translation>
    </message>
    <message>
        <source>Give the name of a user.</source>
        <translation>Nennen Sie einen Benutzer.</translation>
    </message>
    <message>
        <source>The store is open for reading only. Open it for writing to change sessions.</source>
        <translation>Der Speicher ist nur lesend geöffnet. Öffnen Sie ihn schreibend, um Sitzungen zu ändern.</translation>
    </message>
    <message>
        <source>Attribute &quot;%1&quot; is no number and cannot be incremented. Set it to a number first.</source>
        <translation>Das Attribut „%1“ ist keine Zahl und lässt sich nicht erhöhen. Setzen Sie es erst auf eine Zahl.</translation>
    </message>
    <message>
        <source>The session has changed meanwhile: it is at version %1, not %2. Read it again.</source>
        <translation>Die Sitzung hat sich inzwischen geändert: Sie hat Version %1, nicht %2. Lesen Sie sie neu.</translation>
    </message>
    <message>
        <source>must be a time like 2026-11-22T07:12:00.000Z</source>
        <translation>muss eine Zeit wie 2026-11-22T07:12:00.000Z sein</translation>
    </message>
    <message>
        <source>must be a session key, 43 characters of base64url</source>
        <translation>muss ein Sitzungsschlüssel sein, 43 Zeichen base64url</translation>
    </message>
    <message>
        <source>must be text that is not empty, or null</source>
        <translation>muss nicht leerer Text oder null sein</translation>
    </message>
    <message>
        <source>must be a whole number from 1</source>
        <translation>muss eine ganze Zahl ab 1 sein</translation>
    </message>
    <message>
        <source>must be {&quot;idle&quot;: seconds}, {&quot;at&quot;: time}, {&quot;sessionEnd&quot;: true} or null</source>
        <translation>muss {&quot;idle&quot;: Sekunden}, {&quot;at&quot;: Zeit}, {&quot;sessionEnd&quot;: true} oder null sein</translation>
    </message>
    <message>
        <source>must be an object</source>
        <translation>muss ein Objekt sein</translation>
    </message>
    <message>
        <source>The session store did not answer in time. Check that it runs and is not overloaded.</source>
        <translation>Der Sitzungsspeicher hat nicht rechtzeitig geantwortet. Prüfen Sie, ob er läuft und nicht überlastet ist.</translation>
    </message>
    <message>
        <source>The cursor does not belong to this query. Start again without one.</source>
        <translation>Der Cursor gehört nicht zu dieser Abfrage. Beginnen Sie ohne Cursor von vorn.</translation>
    </message>
    <message>
        <source>%1 is a folder and cannot be replaced by a snapshot. Choose another name.</source>
        <translation>%1 ist ein Ordner und lässt sich nicht durch einen Schnappschuss ersetzen. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Cannot write the snapshot %1: %2.</source>
        <translation>Der Schnappschuss %1 lässt sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>A session is in the snapshot twice: the one whose key begins with %1. Nothing was imported.</source>
        <translation>Eine Sitzung steht zweimal im Schnappschuss: die, deren Schlüssel mit %1 beginnt. Nichts wurde importiert.</translation>
    </message>
    <message>
        <source>Session %1 takes %2 bytes, and the limit of the store is %3. Nothing was imported.</source>
        <translation>Die Sitzung %1 braucht %2 Bytes, der Speicher erlaubt %3. Nichts wurde importiert.</translation>
    </message>
    <message>
        <source>Session %1 was created meanwhile.</source>
        <translation>Die Sitzung %1 ist inzwischen erstellt worden.</translation>
    </message>
    <message>
        <source>%1 sessions of the file are in the store already. Nothing was imported: choose whether to skip or to overwrite them.</source>
        <translation>%1 Sitzungen der Datei sind schon im Speicher. Nichts wurde importiert: Wählen Sie, ob sie übergangen oder überschrieben werden.</translation>
    </message>
    <message>
        <source>%1 is no regular file. Save the snapshot to a file first: it is read twice.</source>
        <translation>%1 ist keine gewöhnliche Datei. Speichern Sie den Schnappschuss erst in einer Datei: Er wird zweimal gelesen.</translation>
    </message>
    <message>
        <source>Cannot read the snapshot %1: %2.</source>
        <translation>Der Schnappschuss %1 lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
        <source>it does not begin with {</source>
        <translation>er beginnt nicht mit {</translation>
    </message>
    <message>
        <source>a comma or ] must stand before it</source>
        <translation>davor muss ein Komma oder ] stehen</translation>
    </message>
    <message>
        <source>%1 follows the end</source>
        <translation>%1 folgt auf das Ende</translation>
    </message>
    <message>
        <source>it is longer than %1 bytes</source>
        <translation>das ist länger als %1 Bytes</translation>
    </message>
    <message>
        <source>the file ends within it</source>
        <translation>die Datei endet mittendrin</translation>
    </message>
    <message>
        <source>a comma or } must follow</source>
        <translation>es muss ein Komma oder } folgen</translation>
    </message>
    <message>
        <source>a name in quotes must follow</source>
        <translation>es muss ein Name in Anführungszeichen folgen</translation>
    </message>
    <message>
        <source>%1 does not belong there</source>
        <translation>%1 gehört dort nicht hin</translation>
    </message>
    <message>
        <source>%1 stands there twice</source>
        <translation>%1 steht dort zweimal</translation>
    </message>
    <message>
        <source>a colon is missing after %1</source>
        <translation>hinter %1 fehlt ein Doppelpunkt</translation>
    </message>
    <message>
        <source>&quot;sessions&quot; must be an array</source>
        <translation>&quot;sessions&quot; muss eine Liste sein</translation>
    </message>
    <message>
        <source>&quot;format&quot; must be &quot;sojourn-snapshot&quot;</source>
        <translation>&quot;format&quot; muss &quot;sojourn-snapshot&quot; sein</translation>
    </message>
    <message>
        <source>&quot;version&quot; must be %1, the only one that this program reads</source>
        <translation>&quot;version&quot; muss %1 sein, nur sie liest dieses Programm</translation>
    </message>
    <message>
        <source>&quot;exportedAt&quot; must be a time like 2026-11-22T07:12:00.000Z</source>
        <translation>&quot;exportedAt&quot; muss eine Zeit wie 2026-11-22T07:12:00.000Z sein</translation>
    </message>
    <message>
        <source>&quot;store&quot; must be text</source>
        <translation>&quot;store&quot; muss Text sein</translation>
    </message>
    <message>
        <source>&quot;format&quot;, &quot;version&quot;, &quot;exportedAt&quot; and &quot;store&quot; must all be there</source>
        <translation>&quot;format&quot;, &quot;version&quot;, &quot;exportedAt&quot; und &quot;store&quot; müssen alle da sein</translation>
    </message>
    <message>
        <source>The snapshot cannot be read to its end: %1.</source>
        <translation>Der Schnappschuss lässt sich nicht bis zum Ende lesen: %1.</translation>
    </message>
    <message>
        <source>This is no snapshot of sessions: %1.</source>
        <translation>Das ist kein Schnappschuss von Sitzungen: %1.</translation>
    </message>
    <message>
        <source>The snapshot has a fault at %1: %2.</source>
        <translation>Der Schnappschuss hat einen Fehler bei %1: %2.</translation>
    </message>
    <message>
        <source>Session %1 is in the snapshot twice.</source>
        <translation>Die Sitzung %1 steht zweimal im Schnappschuss.</translation>
    </message>
    <message>
        <source>Opening the snapshot was stopped.</source>
        <translation>Das Öffnen des Schnappschusses wurde angehalten.</translation>
    </message>
    <message>
        <source>The snapshot cannot be written: %1.</source>
        <translation>Der Schnappschuss lässt sich nicht schreiben: %1.</translation>
    </message>
    <message>
        <source>The application had no time for this before it was given up. Nothing was done.</source>
        <translation>Die Anwendung kam nicht dazu, bevor das Warten aufgegeben wurde. Nichts wurde getan.</translation>
    </message>
    <message>
        <source>The application has as many live connections as it allows. Close one of them.</source>
        <translation>Die Anwendung hat so viele Live-Verbindungen, wie sie erlaubt. Schließen Sie eine davon.</translation>
    </message>
    <message>
        <source>A change through a live connection may have %1 attributes. Make several changes of it.</source>
        <translation>Eine Änderung über eine Live-Verbindung darf %1 Attribute haben. Machen Sie mehrere Änderungen daraus.</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; closed the connection. Whether a change that was under way happened is not known.</source>
        <translation>Die Anwendung „%1“ hat die Verbindung geschlossen. Ob eine begonnene Änderung geschah, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>No application is live as &quot;%1&quot;. Start it, or check the name.</source>
        <translation>Keine Anwendung läuft als „%1“. Starten Sie sie, oder prüfen Sie den Namen.</translation>
    </message>
    <message>
        <source>The connection to &quot;%1&quot; was closed here before the answer came.</source>
        <translation>Die Verbindung zu „%1“ wurde hier geschlossen, ehe die Antwort kam.</translation>
    </message>
    <message>
        <source>The application answered what makes no sense.</source>
        <translation>Die Anwendung hat Unsinniges geantwortet.</translation>
    </message>
    <message>
        <source>This is more than the application &quot;%1&quot; takes at a time. Change less at once.</source>
        <translation>Das ist mehr, als die Anwendung „%1“ auf einmal annimmt. Ändern Sie weniger auf einmal.</translation>
    </message>
    <message>
        <source>What listens as live &quot;%1&quot; does not speak Sojourn&apos;s language.</source>
        <translation>Was unter „%1“ lauscht, spricht nicht die Sprache von Sojourn.</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; speaks version %2 of the live protocol, and this program version %3. Use the same release of Sojourn on both ends.</source>
        <translation>Die Anwendung „%1“ spricht Version %2 des Live-Protokolls, dieses Programm Version %3. Nehmen Sie auf beiden Seiten dieselbe Ausgabe von Sojourn.</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; runs as another user. Run this program as that user.</source>
        <translation>Die Anwendung „%1“ läuft unter einem anderen Benutzer. Starten Sie dieses Programm als dieser.</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; did not answer in time. Check that it runs and is not overloaded.</source>
        <translation>Die Anwendung „%1“ hat nicht rechtzeitig geantwortet. Prüfen Sie, ob sie läuft und nicht überlastet ist.</translation>
    </message>
    <message>
        <source>The name of a live application is empty, too long or has characters that do not fit; use 1 to %1 of A-Z a-z 0-9 . _ -</source>
        <translation>Der Name einer laufenden Anwendung ist leer, zu lang oder hat unpassende Zeichen; nehmen Sie 1 bis %1 aus A-Z a-z 0-9 . _ -</translation>
    </message>
    <message>
        <source>The session store was closed.</source>
        <translation>Der Sitzungsspeicher wurde geschlossen.</translation>
    </message>
    <message>
        <source>The host name of Redis at %1 is not known: %2. Check the store&apos;s address.</source>
        <translation>Der Rechnername von Redis unter %1 ist nicht bekannt: %2. Prüfen Sie die Adresse des Speichers.</translation>
    </message>
    <message>
        <source>Redis at %1 has no database %2: %3.</source>
        <translation>Redis unter %1 hat keine Datenbank %2: %3.</translation>
    </message>
    <message>
        <source>Redis at %1 wants a password, and none was given.</source>
        <translation>Redis unter %1 verlangt ein Passwort, und es wurde keines angegeben.</translation>
    </message>
    <message>
        <source>Redis at %1 is not ready: %2.</source>
        <translation>Redis unter %1 ist nicht bereit: %2.</translation>
    </message>
    <message>
        <source>Redis at %1 does not tell its time: %2.</source>
        <translation>Redis unter %1 sagt seine Uhrzeit nicht: %2.</translation>
    </message>
    <message>
        <source>The connection to Redis at %1 was lost: %2.</source>
        <translation>Die Verbindung zu Redis unter %1 ging verloren: %2.</translation>
    </message>
    <message>
        <source>Redis at %1 sent what is no reply (%2). Check that it is Redis that listens there.</source>
        <translation>Redis unter %1 hat etwas gesendet, was keine Antwort ist (%2). Prüfen Sie, ob dort ein Redis läuft.</translation>
    </message>
    <message>
        <source>Redis at %1 is a replica. Use the address of its master.</source>
        <translation>Redis unter %1 ist ein Replikat. Nehmen Sie die Adresse seines Masters.</translation>
    </message>
    <message>
        <source>Redis at %1 cannot be reached: %2. Check that it runs and that the store&apos;s address is right.</source>
        <translation>Redis unter %1 ist nicht erreichbar: %2. Prüfen Sie, ob es läuft und die Adresse des Speichers stimmt.</translation>
    </message>
    <message>
        <source>This Redis server is a replica and takes no changes. Use the address of its master.</source>
        <translation>Dieser Redis-Server ist ein Replikat und nimmt keine Änderungen an. Nehmen Sie die Adresse seines Masters.</translation>
    </message>
    <message>
        <source>Redis cannot do that: %1.</source>
        <translation>Redis kann das nicht: %1.</translation>
    </message>
    <message>
        <source>There is a session with this key already.</source>
        <translation>Es gibt schon eine Sitzung mit diesem Schlüssel.</translation>
    </message>
    <message>
        <source>This is no cursor of a page before. Begin at the first page.</source>
        <translation>Das ist kein Cursor einer früheren Seite. Beginnen Sie mit der ersten Seite.</translation>
    </message>
    <message>
        <source>A script answered what it should not.</source>
        <translation>Ein Skript hat etwas Unerwartetes geantwortet.</translation>
    </message>
    <message>
        <source>The session has expired already.</source>
        <translation>Die Sitzung ist schon abgelaufen.</translation>
    </message>
    <message>
        <source>Redis does not tell which events were missed.</source>
        <translation>Redis sagt nicht, welche Ereignisse verpasst wurden.</translation>
    </message>
    <message>
        <source>This build cannot reach Redis over TLS: it needs hiredis 1.0 with hiredis_ssl. Build it with these, or use a connection without TLS where nobody can listen.</source>
        <translation>Diese Fassung erreicht Redis nicht über TLS: Sie braucht hiredis 1.0 mit hiredis_ssl. Bauen Sie sie damit, oder nehmen Sie, wo niemand mithören kann, eine Verbindung ohne TLS.</translation>
    </message>
    <message>
        <source>TLS is not available.</source>
        <translation>TLS ist nicht verfügbar.</translation>
    </message>
    <message>
        <source>the certificates in &quot;%1&quot; cannot be read</source>
        <translation>die Zertifikate in „%1“ lassen sich nicht lesen</translation>
    </message>
    <message>
        <source>TLS does not take this host name</source>
        <translation>TLS nimmt diesen Rechnernamen nicht an</translation>
    </message>
    <message>
        <source>The connection to Redis at %1 was lost before it answered: %2. If it wants TLS, use a rediss URL.</source>
        <translation>Die Verbindung zu Redis unter %1 ging verloren, bevor es antwortete: %2. Wenn es TLS verlangt, nehmen Sie eine rediss-URL.</translation>
    </message>
    <message>
        <source>Redis at %1 did not answer over TLS in time. Check that it listens with TLS there and is not overloaded.</source>
        <translation>Redis unter %1 hat über TLS nicht rechtzeitig geantwortet. Prüfen Sie, ob es dort mit TLS lauscht und nicht überlastet ist.</translation>
    </message>
    <message>
        <source>The certificate of the server at %1 is for other addresses. Use an address that it is for, or have one issued that is for this one too.</source>
        <translation>Das Zertifikat des Servers unter %1 gilt für andere Adressen. Nehmen Sie eine Adresse, für die es gilt, oder lassen Sie eines ausstellen, das auch für diese gilt.</translation>
    </message>
    <message>
        <source>The certificate of the server at %1 has run out, or is not valid yet. Renew it, or set this machine&apos;s clock right.</source>
        <translation>Das Zertifikat des Servers unter %1 ist abgelaufen oder noch nicht gültig. Erneuern Sie es, oder stellen Sie die Uhr dieses Rechners richtig.</translation>
    </message>
    <message>
        <source>The certificate of the server at %1 is not accepted (%2). Have this machine trust the authority that issued it; SSL_CERT_FILE may name a file with its certificate.</source>
        <translation>Das Zertifikat des Servers unter %1 wird nicht anerkannt (%2). Lassen Sie diesen Rechner der Stelle vertrauen, die es ausgestellt hat; SSL_CERT_FILE darf eine Datei mit deren Zertifikat nennen.</translation>
    </message>
    <message>
        <source>%1 is locked by another program. Try again when that has finished.</source>
        <translation>%1 ist von einem anderen Programm gesperrt. Versuchen Sie es wieder, wenn es fertig ist.</translation>
    </message>
    <message>
        <source>%1 is write-protected. Make the file and its folder writable for this user.</source>
        <translation>%1 ist schreibgeschützt. Machen Sie die Datei und ihren Ordner für diesen Benutzer beschreibbar.</translation>
    </message>
    <message>
        <source>The disk of %1 is full. Free some space on it.</source>
        <translation>Der Datenträger von %1 ist voll. Schaffen Sie dort Platz.</translation>
    </message>
    <message>
        <source>%1 cannot be opened. Check that it is a file, and that this user may read and write it and its folder.</source>
        <translation>%1 lässt sich nicht öffnen. Prüfen Sie, ob es eine Datei ist und dieser Benutzer sie und ihren Ordner lesen und schreiben darf.</translation>
    </message>
    <message>
        <source>%1 cannot be read or written: %2. Check its disk.</source>
        <translation>%1 lässt sich nicht lesen oder schreiben: %2. Prüfen Sie den Datenträger.</translation>
    </message>
    <message>
        <source>%1 is no SQLite database. Choose another file for the sessions.</source>
        <translation>%1 ist keine SQLite-Datenbank. Wählen Sie eine andere Datei für die Sitzungen.</translation>
    </message>
    <message>
        <source>%1 is damaged. Restore it from a backup, or repair it with sqlite3&apos;s .recover.</source>
        <translation>%1 ist beschädigt. Stellen Sie es aus einer Sicherung wieder her, oder reparieren Sie es mit .recover von sqlite3.</translation>
    </message>
    <message>
        <source>%1 does not work: %2.</source>
        <translation>%1 funktioniert nicht: %2.</translation>
    </message>
    <message>
        <source>Qt&apos;s driver for SQLite is missing. On Debian and Ubuntu: apt install libqt6sql6-sqlite</source>
        <translation>Der SQLite-Treiber von Qt fehlt. Unter Debian und Ubuntu: apt install libqt6sql6-sqlite</translation>
    </message>
    <message>
        <source>There is no file %1. Check the path.</source>
        <translation>Es gibt keine Datei %1. Prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>%1 cannot be made: %2. Check that its folder exists and that this user may write there.</source>
        <translation>%1 lässt sich nicht erstellen: %2. Prüfen Sie, ob der Ordner existiert und dieser Benutzer dort schreiben darf.</translation>
    </message>
    <message>
        <source>%1 is a database of another program. Choose another file for the sessions.</source>
        <translation>%1 ist die Datenbank eines anderen Programms. Wählen Sie eine andere Datei für die Sitzungen.</translation>
    </message>
    <message>
        <source>%1 was written by a newer version of Sojourn (format %2, known here: up to %3). Update this program.</source>
        <translation>%1 stammt von einer neueren Sojourn-Version (Format %2, hier bekannt: bis %3). Aktualisieren Sie dieses Programm.</translation>
    </message>
    <message>
        <source>This is no cursor of a list in this order. Start again without one.</source>
        <translation>Das ist kein Cursor einer Liste in dieser Reihenfolge. Beginnen Sie ohne Cursor von vorn.</translation>
    </message>
    <message>
        <source>The session store is being closed.</source>
        <translation>Der Sitzungsspeicher wird gerade geschlossen.</translation>
    </message>
    <message>
        <source>The session database %1 did not answer in time. Check its disk, and that no program locks it.</source>
        <translation>Die Sitzungsdatenbank %1 hat nicht rechtzeitig geantwortet. Prüfen Sie den Datenträger, und ob ein Programm sie sperrt.</translation>
    </message>
    <message>
        <source>%1 is too busy. Try again later.</source>
        <translation>%1 ist zu beschäftigt. Versuchen Sie es später wieder.</translation>
    </message>
    <message>
        <source>There is a session with this key already. Take a fresh id.</source>
        <translation>Es gibt schon eine Sitzung mit diesem Schlüssel. Nehmen Sie eine neue Kennung.</translation>
    </message>
    <message>
        <source>An attribute of the session is no JSON. Set it to a JSON value.</source>
        <translation>Ein Attribut der Sitzung ist kein JSON. Setzen Sie es auf einen JSON-Wert.</translation>
    </message>
    <message>
        <source>The session has expired already. Give it a deadline that lies ahead.</source>
        <translation>Die Sitzung ist schon abgelaufen. Geben Sie ihr eine Frist, die noch kommt.</translation>
    </message>
    <message>
        <source>The %1 in the store URL has a % that two hexadecimal digits do not follow; write %25 for the sign itself.</source>
        <translation>In der Speicher-URL (%1) folgen einem % keine zwei Hexadezimalziffern; schreiben Sie %25 für das Zeichen selbst.</translation>
    </message>
    <message>
        <source>The path in the store URL is empty; write sqlite: and the path of the database file behind it.</source>
        <translation>Der Pfad in der Speicher-URL ist leer; schreiben Sie sqlite: und dahinter den Pfad der Datenbankdatei.</translation>
    </message>
    <message>
        <source>The path in the store URL does not name a file; sessions in memory have the store URL memory:.</source>
        <translation>Der Pfad in der Speicher-URL nennt keine Datei; Sitzungen im Arbeitsspeicher haben die Speicher-URL memory:.</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; sqlite: knows ?synchronous=full only (write %3F for a ? in a path).</source>
        <translation>Die Speicher-URL hat eine unbekannte Option; sqlite: kennt nur ?synchronous=full (für ein ? im Pfad schreiben Sie %3F).</translation>
    </message>
    <message>
        <source>The option synchronous in the store URL has an unknown value; the only one is full.</source>
        <translation>Die Option synchronous in der Speicher-URL hat einen unbekannten Wert; es gibt nur full.</translation>
    </message>
    <message>
        <source>The host in the store URL is not an IPv6 address in brackets, such as [::1].</source>
        <translation>Der Rechner in der Speicher-URL ist keine IPv6-Adresse in Klammern wie [::1].</translation>
    </message>
    <message>
        <source>The host in the store URL has several colons; write an IPv6 address in brackets, such as [::1].</source>
        <translation>Der Rechner in der Speicher-URL hat mehrere Doppelpunkte; schreiben Sie eine IPv6-Adresse in Klammern wie [::1].</translation>
    </message>
    <message>
        <source>The port in the store URL is not a number from 1 to 65535.</source>
        <translation>Der Port in der Speicher-URL ist keine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the host; write redis://[user:password@]host[:port][/number][?prefix=P].</source>
        <translation>In der Speicher-URL fehlt das // vor dem Rechner; schreiben Sie redis://[benutzer:passwort@]rechner[:port][/nummer][?prefix=P].</translation>
    </message>
    <message>
        <source>The database in the store URL is not a number; write redis://host:port/0, for example.</source>
        <translation>Die Datenbank in der Speicher-URL ist keine Zahl; schreiben Sie zum Beispiel redis://rechner:port/0.</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis: and rediss: know ?prefix=P only.</source>
        <translation>Die Speicher-URL hat eine unbekannte Option; redis: und rediss: kennen nur ?prefix=P.</translation>
    </message>
    <message>
        <source>The prefix in the store URL is empty; leave the option out for the default, sojourn:.</source>
        <translation>Der Präfix in der Speicher-URL ist leer; für die Vorgabe sojourn: lassen Sie die Option weg.</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis+unix: knows none (write %3F for a ? in a path).</source>
        <translation>Die Speicher-URL hat eine unbekannte Option; redis+unix: kennt keine (für ein ? im Pfad schreiben Sie %3F).</translation>
    </message>
    <message>
        <source>The path in the store URL is empty; write redis+unix: and the path of the server&apos;s socket behind it.</source>
        <translation>Der Pfad in der Speicher-URL ist leer; schreiben Sie redis+unix: und dahinter den Pfad des Sockets des Servers.</translation>
    </message>
    <message>
        <source>Nothing may stand behind memory: in the store URL.</source>
        <translation>Hinter memory: darf in der Speicher-URL nichts stehen.</translation>
    </message>
    <message>
        <source>There is no memory for a connection.</source>
        <translation>Für eine Verbindung fehlt der Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>The session is too large for a live connection.</source>
        <translation>Die Sitzung ist zu groß für eine Live-Verbindung.</translation>
    </message>
    <message>
        <source>Redis at %1 refuses the user name or the password. Check both.</source>
        <translation>Redis unter %1 lehnt den Benutzernamen oder das Passwort ab. Prüfen Sie beide.</translation>
    </message>
    <message>
        <source>Redis at %1 did not answer in time. Check that it runs and is not overloaded.</source>
        <translation>Redis unter %1 hat nicht rechtzeitig geantwortet. Prüfen Sie, ob es läuft und nicht überlastet ist.</translation>
    </message>
    <message>
        <source>Redis at %1 cannot be reached: %2. Check that it runs and that its setting &quot;unixsocket&quot; has this path.</source>
        <translation>Redis unter %1 ist nicht erreichbar: %2. Prüfen Sie, ob es läuft und ob seine Einstellung „unixsocket“ diesen Pfad hat.</translation>
    </message>
    <message>
        <source>Redis at %1 is a replica. Use the address of its master, or the store URL %2+sentinel://SENTINEL/MASTER that follows it.</source>
        <translation>Redis unter %1 ist ein Replikat. Verwenden Sie die Adresse seines Masters oder die Speicher-URL %2+sentinel://SENTINEL/MASTER, die ihm folgt.</translation>
    </message>
    <message>
        <source>Redis at %1 is a node of a cluster. Use the store URL %2+cluster://%1</source>
        <translation>Redis unter %1 ist ein Knoten eines Clusters. Verwenden Sie die Speicher-URL %2+cluster://%1</translation>
    </message>
    <message>
        <source>Redis at %1 is a sentinel. Use the store URL %2+sentinel://%1/MASTER with the name of its master.</source>
        <translation>Redis unter %1 ist ein Sentinel. Verwenden Sie die Speicher-URL %2+sentinel://%1/MASTER mit dem Namen seines Masters.</translation>
    </message>
    <message>
        <source>Redis did not begin to tell of events in time. Check that it is not overloaded, and that each slot of a cluster has a master.</source>
        <translation>Redis hat nicht rechtzeitig begonnen, Ereignisse zu melden. Prüfen Sie, ob es überlastet ist und ob jeder Slot eines Clusters einen Master hat.</translation>
    </message>
    <message>
        <source>The connection over which Redis at %1 tells of events is dead. It is renewed.</source>
        <translation>Die Verbindung, über die Redis unter %1 Ereignisse meldet, ist abgebrochen. Sie wird erneuert.</translation>
    </message>
    <message>
        <source>%1. %2 sessions had been ended by then.</source>
        <translation>%1. Bis dahin waren %2 Sitzungen beendet.</translation>
    </message>
    <message>
        <source>A newer version of Sojourn wrote this session. Update this program to read it.</source>
        <translation>Eine neuere Version von Sojourn hat diese Sitzung geschrieben. Aktualisieren Sie dieses Programm, um sie zu lesen.</translation>
    </message>
    <message>
        <source>The memory of Redis is full, and nothing was changed. Raise its setting maxmemory, or remove what is not needed.</source>
        <translation>Der Speicher von Redis ist voll; nichts wurde geändert. Erhöhen Sie seine Einstellung maxmemory oder entfernen Sie, was nicht gebraucht wird.</translation>
    </message>
    <message>
        <source>Redis takes no changes, as it cannot write to its disk. Look into its log.</source>
        <translation>Redis nimmt keine Änderungen an, weil es nicht auf seine Platte schreiben kann. Sehen Sie in sein Protokoll.</translation>
    </message>
    <message>
        <source>Redis takes no changes, as too few of its replicas are there. Look after them.</source>
        <translation>Redis nimmt keine Änderungen an, weil zu wenige seiner Replikate verfügbar sind. Sehen Sie nach ihnen.</translation>
    </message>
    <message>
        <source>A key of the store holds something of another type, and nothing was changed (%1). Remove that key, or use another prefix.</source>
        <translation>Ein Schlüssel des Speichers enthält etwas von anderem Typ; nichts wurde geändert (%1). Entfernen Sie den Schlüssel oder verwenden Sie ein anderes Präfix.</translation>
    </message>
    <message>
        <source>This account may not use a command that the store needs, and nothing was changed. Give it the rights that the README lists.</source>
        <translation>Dieses Konto darf einen Befehl nicht benutzen, den der Speicher braucht; nichts wurde geändert. Geben Sie ihm die Rechte, die das README nennt.</translation>
    </message>
    <message>
        <source>Redis is busy with a script. Try again in a while, or end it with SCRIPT KILL.</source>
        <translation>Redis ist mit einem Skript beschäftigt. Versuchen Sie es später wieder oder beenden Sie es mit SCRIPT KILL.</translation>
    </message>
    <message>
        <source>Redis is not ready yet: it loads its data. Try again in a while.</source>
        <translation>Redis ist noch nicht bereit: Es lädt seine Daten. Versuchen Sie es später wieder.</translation>
    </message>
    <message>
        <source>Redis is not ready yet: it waits for its master. Try again in a while.</source>
        <translation>Redis ist noch nicht bereit: Es wartet auf seinen Master. Versuchen Sie es später wieder.</translation>
    </message>
    <message>
        <source>The session has another key by now. Use the one that replaced this.</source>
        <translation>Die Sitzung hat inzwischen einen anderen Schlüssel. Verwenden Sie den, der diesen ersetzt hat.</translation>
    </message>
    <message>
        <source>The session ended or got another id while this request was under way, so its changes were not saved.</source>
        <translation>Die Sitzung endete oder bekam eine andere Kennung, während diese Anfrage lief; ihre Änderungen wurden nicht gespeichert.</translation>
    </message>
    <message>
        <source>The session has been removed.</source>
        <translation>Die Sitzung wurde entfernt.</translation>
    </message>
    <message>
        <source>This store has no space to give back. Only a file can be made smaller.</source>
        <translation>Dieser Speicher hat keinen Platz zurückzugeben. Nur eine Datei kann verkleinert werden.</translation>
    </message>
    <message>
        <source>The session store was used in a thread that is not its own, so nothing was done.</source>
        <translation>Der Sitzungsspeicher wurde in einem fremden Thread verwendet; es wurde nichts getan.</translation>
    </message>
    <message>
        <source>The condition has no name; write NAME or NAME=JSON.</source>
        <translation>Die Bedingung hat keinen Namen; schreiben Sie NAME oder NAME=JSON.</translation>
    </message>
    <message>
        <source>What follows the = is not JSON. Text needs quotes, as in &apos;role=&quot;admin&quot;&apos;.</source>
        <translation>Was auf das = folgt, ist kein JSON. Text braucht Anführungszeichen, wie in &apos;role=&quot;admin&quot;&apos;.</translation>
    </message>
    <message>
        <source>The JSON is nested deeper than %1 levels. Make it flatter.</source>
        <translation>Das JSON ist tiefer als %1 Ebenen geschachtelt. Machen Sie es flacher.</translation>
    </message>
    <message>
        <source>The number %1 cannot be kept exactly. Send it as text in quotes.</source>
        <translation>Die Zahl %1 kann nicht genau gespeichert werden. Geben Sie sie als Text in Anführungszeichen an.</translation>
    </message>
    <message>
        <source>The JSON has text that is not valid Unicode. Send it as UTF-8 and surrogates only in pairs.</source>
        <translation>Das JSON enthält Text, der kein gültiges Unicode ist. Geben Sie ihn als UTF-8 an und Surrogate nur paarweise.</translation>
    </message>
    <message>
        <source>The name &quot;%1&quot; stands twice in one object of the JSON. Give each value its own name.</source>
        <translation>Der Name „%1“ steht zweimal in einem Objekt des JSON. Geben Sie jedem Wert einen eigenen Namen.</translation>
    </message>
    <message>
        <source>something follows the value</source>
        <translation>auf den Wert folgt noch etwas</translation>
    </message>
    <message>
        <source>This is not JSON: %1 (at its byte %2).</source>
        <translation>Das ist kein JSON: %1 (bei Byte %2).</translation>
    </message>
    <message>
        <source>a value must stand here</source>
        <translation>hier muss ein Wert stehen</translation>
    </message>
    <message>
        <source>a digit must follow the point</source>
        <translation>auf den Punkt muss eine Ziffer folgen</translation>
    </message>
    <message>
        <source>a digit must follow the e</source>
        <translation>auf das e muss eine Ziffer folgen</translation>
    </message>
    <message>
        <source>four hexadecimal digits must follow \u</source>
        <translation>auf \u müssen vier hexadezimale Ziffern folgen</translation>
    </message>
    <message>
        <source>no such escape exists</source>
        <translation>diese Escape-Folge gibt es nicht</translation>
    </message>
    <message>
        <source>it ends within a string</source>
        <translation>es endet in einer Zeichenkette</translation>
    </message>
    <message>
        <source>a control character in a string must be written as an escape</source>
        <translation>ein Steuerzeichen in einer Zeichenkette muss als Escape-Folge geschrieben sein</translation>
    </message>
    <message>
        <source>a comma or ] must stand here</source>
        <translation>hier muss ein Komma oder ] stehen</translation>
    </message>
    <message>
        <source>a comma or } must stand here</source>
        <translation>hier muss ein Komma oder } stehen</translation>
    </message>
    <message>
        <source>a name in quotes must stand here</source>
        <translation>hier muss ein Name in Anführungszeichen stehen</translation>
    </message>
    <message>
        <source>a colon must follow the name</source>
        <translation>auf den Namen muss ein Doppelpunkt folgen</translation>
    </message>
    <message>
        <source>A number that is not finite has no form in JSON. Store null or a text in its place.</source>
        <translation>Eine Zahl, die nicht endlich ist, hat in JSON keine Form. Speichern Sie stattdessen null oder einen Text.</translation>
    </message>
    <message>
        <source>The attribute name is not valid Unicode. Use UTF-8 and surrogates only in pairs.</source>
        <translation>Der Attributname ist kein gültiges Unicode. Verwenden Sie UTF-8 und Surrogate nur paarweise.</translation>
    </message>
    <message>
        <source>The user name is not valid Unicode. Use surrogates only in pairs.</source>
        <translation>Der Benutzername ist kein gültiges Unicode. Verwenden Sie Surrogate nur paarweise.</translation>
    </message>
    <message>
        <source>The user name is longer than %1 bytes in UTF-8. Use a shorter one.</source>
        <translation>Der Benutzername ist in UTF-8 länger als %1 Bytes. Verwenden Sie einen kürzeren.</translation>
    </message>
    <message>
        <source>Flash values must be an array of JSON.</source>
        <translation>Flash-Werte müssen ein JSON-Array sein.</translation>
    </message>
    <message>
        <source>This is not a session event.</source>
        <translation>Dies ist kein Sitzungsereignis.</translation>
    </message>
    <message>
        <source>oldKey of a session event must be a session key.</source>
        <translation>oldKey eines Sitzungsereignisses muss ein Sitzungsschlüssel sein.</translation>
    </message>
    <message>
        <source>The session has two attributes of one name. Give each its own.</source>
        <translation>Die Sitzung hat zwei Attribute gleichen Namens. Geben Sie jedem einen eigenen.</translation>
    </message>
    <message>
        <source>%1, or null</source>
        <translation>%1 oder null</translation>
    </message>
    <message>
        <source>attribute &quot;%1&quot;: %2</source>
        <translation>Attribut „%1“: %2</translation>
    </message>
    <message>
        <source>This account may not use a command that the store needs. Give it the rights that the README lists.</source>
        <translation>Dieses Konto darf einen Befehl nicht verwenden, den der Speicher braucht. Geben Sie ihm die Rechte, die die README aufzählt.</translation>
    </message>
    <message>
        <source>Redis at %1 refuses %2 to this account: %3. Give it the rights: ACL SETUSER %4 ~%5* &amp;%5* +%6</source>
        <translation>Redis auf %1 verweigert diesem Konto %2: %3. Geben Sie ihm die Rechte: ACL SETUSER %4 ~%5* &amp;%5* +%6</translation>
    </message>
    <message>
        <source>it must be an object.</source>
        <translation>es muss ein Objekt sein.</translation>
    </message>
    <message>
        <source>the line with the number of sessions is missing, so that the file was cut off</source>
        <translation>die Zeile mit der Anzahl der Sitzungen fehlt, die Datei wurde also abgeschnitten</translation>
    </message>
    <message>
        <source>&quot;counted&quot; must be true or false</source>
        <translation>&quot;counted&quot; muss true oder false sein</translation>
    </message>
    <message>
        <source>The snapshot has a fault at %1.%2.</source>
        <translation>Der Schnappschuss hat einen Fehler bei %1.%2.</translation>
    </message>
    <message>
        <source>it says that there are %1 sessions, but %2 were read, so that a part is missing or was added</source>
        <translation>sie nennt %1 Sitzungen, gelesen wurden aber %2; ein Teil fehlt also oder kam hinzu</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>Session %1 takes %2 bytes, and the limit of the other store is %3.</source>
        <translation>Sitzung %1 belegt %2 Bytes, und die Grenze des anderen Speichers ist %3.</translation>
    </message>
    <message>
        <source>%1 of the sessions are in the other store already. Nothing was copied: choose whether to skip or to overwrite them.</source>
        <translation>%1 der Sitzungen sind schon im anderen Speicher. Es wurde nichts kopiert: Wählen Sie, ob sie übersprungen oder überschrieben werden.</translation>
    </message>
    <message>
        <source>%1 cannot be read. Check that this user may read it, and that there is room for a copy in %2.</source>
        <translation>%1 kann nicht gelesen werden. Prüfen Sie, ob dieser Benutzer es lesen darf und ob in %2 Platz für eine Kopie ist.</translation>
    </message>
    <message>
        <source>%1 is being written to. Try again later.</source>
        <translation>In %1 wird gerade geschrieben. Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>%1 was replaced by another file. Try again to use that one.</source>
        <translation>%1 wurde durch eine andere Datei ersetzt. Versuchen Sie es noch einmal, um diese zu verwenden.</translation>
    </message>
    <message>
        <source>%1 was removed. Put it back, from a backup for example, or restart this program to begin with an empty one.</source>
        <translation>%1 wurde entfernt. Legen Sie die Datei zurück, etwa aus einer Sicherung, oder starten Sie dieses Programm neu, um mit einer leeren zu beginnen.</translation>
    </message>
    <message>
        <source>%1 has the older format %2. Open it once for writing to update it.</source>
        <translation>%1 hat das ältere Format %2. Öffnen Sie es einmal zum Schreiben, um es zu aktualisieren.</translation>
    </message>
    <message>
        <source>A newer version of Sojourn wrote this session into %1. Update this program.</source>
        <translation>Eine neuere Version von Sojourn hat diese Sitzung in %1 geschrieben. Aktualisieren Sie dieses Programm.</translation>
    </message>
    <message>
        <source>This session cannot be decoded.</source>
        <translation>Diese Sitzung kann nicht entschlüsselt werden.</translation>
    </message>
    <message>
        <source>The session with this key has been given another one. Use that.</source>
        <translation>Die Sitzung mit diesem Schlüssel hat einen anderen bekommen. Verwenden Sie diesen.</translation>
    </message>
    <message>
        <source>%1 is open for reading only. Open it for writing to change sessions.</source>
        <translation>%1 ist nur zum Lesen geöffnet. Öffnen Sie es zum Schreiben, um Sitzungen zu ändern.</translation>
    </message>
    <message>
        <source>%1 is no version of a session. Versions begin with 1.</source>
        <translation>%1 ist keine Version einer Sitzung. Versionen beginnen mit 1.</translation>
    </message>
    <message>
        <source>The folder %1 for live sockets cannot be made: %2. Set XDG_RUNTIME_DIR to a folder of your own.</source>
        <translation>Der Ordner %1 für Live-Sockets kann nicht angelegt werden: %2. Setzen Sie XDG_RUNTIME_DIR auf einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>%1, where live sockets should lie, is not a folder that only you may enter. Remove it, or set XDG_RUNTIME_DIR to a folder of your own.</source>
        <translation>%1, wo Live-Sockets liegen sollen, ist kein Ordner, den nur Sie betreten dürfen. Entfernen Sie ihn, oder setzen Sie XDG_RUNTIME_DIR auf einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>%1. The change that was under way may or may not have happened.</source>
        <translation>%1. Ob die laufende Änderung geschehen ist, ist ungewiss.</translation>
    </message>
    <message>
        <source>Another server is the master now. The connection leads there.</source>
        <translation>Ein anderer Server ist jetzt der Master. Die Verbindung führt dorthin.</translation>
    </message>
    <message>
        <source>The sentinel at %1 refuses the user name or the password. Check sentinel-user and sentinel-password in the store URL.</source>
        <translation>Der Sentinel auf %1 lehnt den Benutzernamen oder das Passwort ab. Prüfen Sie sentinel-user und sentinel-password in der Speicher-URL.</translation>
    </message>
    <message>
        <source>Redis at %1 does not tell whether it is the master: %2. Give the account the rights +role +wait.</source>
        <translation>Redis auf %1 sagt nicht, ob es der Master ist: %2. Geben Sie dem Konto die Rechte +role +wait.</translation>
    </message>
    <message>
        <source>Redis at %1 is not the master (any more). Try again in a while.</source>
        <translation>Redis auf %1 ist nicht (mehr) der Master. Versuchen Sie es nach einer Weile noch einmal.</translation>
    </message>
    <message>
        <source>The sentinel at %1 wants a password, and none was given. Add sentinel-password=W to the store URL, and sentinel-user=U if it has one.</source>
        <translation>Der Sentinel auf %1 verlangt ein Passwort, und keines wurde angegeben. Ergänzen Sie sentinel-password=W in der Speicher-URL, und sentinel-user=U, falls es einen gibt.</translation>
    </message>
    <message>
        <source>Redis at %1 is no sentinel. Give the addresses of sentinels, which mostly listen at port 26379, or use the store URL %2://%1</source>
        <translation>Redis auf %1 ist kein Sentinel. Geben Sie die Adressen von Sentinels an, die meist auf Port 26379 warten, oder verwenden Sie die Speicher-URL %2://%1</translation>
    </message>
    <message>
        <source>Too few replicas of Redis at %1 have confirmed a change. Look after them.</source>
        <translation>Zu wenige Replikate von Redis auf %1 haben eine Änderung bestätigt. Sehen Sie nach ihnen.</translation>
    </message>
    <message>
        <source>%1. Nothing was changed.</source>
        <translation>%1. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The sentinel is asked for the new master.</source>
        <translation>Der Sentinel wird nach dem neuen Master gefragt.</translation>
    </message>
    <message>
        <source>The sentinel at %1 does not tell where the master is: %2.</source>
        <translation>Der Sentinel auf %1 sagt nicht, wo der Master ist: %2.</translation>
    </message>
    <message>
        <source>The sentinel at %1 knows no master &quot;%2&quot;. Check the name at the end of the store URL.</source>
        <translation>Der Sentinel auf %1 kennt keinen Master „%2“. Prüfen Sie den Namen am Ende der Speicher-URL.</translation>
    </message>
    <message>
        <source>The sentinels are asked anew.</source>
        <translation>Die Sentinels werden neu gefragt.</translation>
    </message>
    <message>
        <source>The sentinels that answer have been away and do not know the newest master. Start the others.</source>
        <translation>Die Sentinels, die antworten, waren fort und kennen den neuesten Master nicht. Starten Sie die anderen.</translation>
    </message>
    <message>
        <source>None of the sentinels %1 answers. Check that they run and that the addresses in the store URL are right.</source>
        <translation>Keiner der Sentinels %1 antwortet. Prüfen Sie, ob sie laufen und ob die Adressen in der Speicher-URL stimmen.</translation>
    </message>
    <message>
        <source>%1 lies on a file system without locks or shared memory, as some network file systems are. Choose a folder on a local disk.</source>
        <translation>%1 liegt auf einem Dateisystem ohne Sperren oder gemeinsamen Speicher, wie es manche Netzwerk-Dateisysteme sind. Wählen Sie einen Ordner auf einer lokalen Platte.</translation>
    </message>
    <message>
        <source>%1 sessions were removed, the others not: %2</source>
        <translation>%1 Sitzungen wurden entfernt, die anderen nicht: %2</translation>
    </message>
    <message>
        <source>This build of Sojourn was made without the store that the store URL names.</source>
        <translation>Diese Sojourn-Fassung wurde ohne den Speicher gebaut, den die Speicher-URL nennt.</translation>
    </message>
    <message>
        <source>The option wait in the store URL is not a number of replicas; write wait=1, for example.</source>
        <translation>Die Option wait in der Speicher-URL ist keine Anzahl von Replikaten; schreiben Sie zum Beispiel wait=1.</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the hosts; write redis+sentinel://[user:password@]host[:port],host,.../MASTER[/number][?prefix=P&amp;wait=N].</source>
        <translation>Der Speicher-URL fehlt das // vor den Hosts; schreiben Sie redis+sentinel://[user:password@]host[:port],host,.../MASTER[/number][?prefix=P&amp;wait=N].</translation>
    </message>
    <message>
        <source>The store URL lacks the name of the master that the sentinels watch; write redis+sentinel://host:26379/mymaster, for example.</source>
        <translation>Der Speicher-URL fehlt der Name des Masters, den die Sentinels überwachen; schreiben Sie zum Beispiel redis+sentinel://host:26379/mymaster.</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis+sentinel: and rediss+sentinel: know prefix=P, wait=N, sentinel-user=U and sentinel-password=W, with &amp; between them.</source>
        <translation>Die Speicher-URL hat eine unbekannte Option; redis+sentinel: und rediss+sentinel: kennen prefix=P, wait=N, sentinel-user=U und sentinel-password=W, mit &amp; dazwischen.</translation>
    </message>
    <message>
        <source>The session store gave up before it answered. Try again.</source>
        <translation>Der Sitzungsspeicher hat aufgegeben, bevor er antwortete. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The name in quotes does not end, or is no text.</source>
        <translation>Der Name in Anführungszeichen endet nicht oder ist kein Text.</translation>
    </message>
    <message>
        <source>The condition has no name; write NAME=VALUE.</source>
        <translation>Der Bedingung fehlt der Name; schreiben Sie NAME=WERT.</translation>
    </message>
    <message>
        <source>Nothing follows the %1; write NAME%1VALUE.</source>
        <translation>Auf %1 folgt nichts; schreiben Sie NAME%1WERT.</translation>
    </message>
    <message>
        <source>What follows the %1 is not JSON.</source>
        <translation>Was auf %1 folgt, ist kein JSON.</translation>
    </message>
    <message>
        <source>The condition has no sign; write NAME=VALUE, or one of != &lt; &gt; &lt;= &gt;=.</source>
        <translation>Der Bedingung fehlt das Zeichen; schreiben Sie NAME=WERT oder eines von != &lt; &gt; &lt;= &gt;=.</translation>
    </message>
    <message>
        <source>The live name &quot;%1&quot; cannot be claimed: no file can be opened in %2. Check that this user may write there, that the disk is not full, and that the process may open more files.</source>
        <translation>Der Live-Name „%1“ kann nicht belegt werden: In %2 lässt sich keine Datei öffnen. Prüfen Sie, ob dieser Benutzer dort schreiben darf, ob die Platte voll ist und ob der Prozess noch Dateien öffnen darf.</translation>
    </message>
    <message>
        <source>Another process is live as &quot;%1&quot; already. Choose another name, or stop it.</source>
        <translation>Ein anderer Prozess ist schon als „%1“ live. Wählen Sie einen anderen Namen, oder beenden Sie ihn.</translation>
    </message>
    <message>
        <source>The live name &quot;%1&quot; cannot be used: %2.</source>
        <translation>Der Live-Name „%1“ ist nicht verwendbar: %2.</translation>
    </message>
    <message>
        <source>The store in Redis at %1 has %2 shards, not %3, and keeps them. Write shards=%2 in the store URL, or use another prefix.</source>
        <translation>Der Speicher in Redis auf %1 hat %2 Shards, nicht %3, und behält sie. Schreiben Sie shards=%2 in die Speicher-URL, oder nehmen Sie ein anderes Präfix.</translation>
    </message>
    <message>
        <source>Redis at %1 is no node of a cluster. Use the store URL %2://%1</source>
        <translation>Redis auf %1 ist kein Knoten eines Clusters. Nehmen Sie die Speicher-URL %2://%1</translation>
    </message>
    <message>
        <source>Redis at %1 does not tell who has which slots: %2.</source>
        <translation>Redis auf %1 sagt nicht, wer welche Slots hat: %2.</translation>
    </message>
    <message>
        <source>No master of the cluster has this session&apos;s slot. Look at CLUSTER INFO.</source>
        <translation>Kein Master des Clusters hat den Slot dieser Sitzung. Sehen Sie CLUSTER INFO an.</translation>
    </message>
    <message>
        <source>The nodes of the cluster disagree about who has a slot. Look at CLUSTER INFO.</source>
        <translation>Die Knoten des Clusters sind sich nicht einig, wer einen Slot hat. Sehen Sie CLUSTER INFO an.</translation>
    </message>
    <message>
        <source>The session&apos;s slot is moving to another node of the cluster, and nothing was changed. Try again in a while; move smaller shards.</source>
        <translation>Der Slot der Sitzung zieht zu einem anderen Knoten des Clusters um, und nichts wurde geändert. Versuchen Sie es in einer Weile noch einmal; ziehen Sie kleinere Shards um.</translation>
    </message>
    <message>
        <source>The cluster of Redis at %1 is down: %2.</source>
        <translation>Der Cluster von Redis auf %1 ist ausgefallen: %2.</translation>
    </message>
    <message>
        <source>The new key belongs to another shard. Draw new ids until mayRotate() agrees.</source>
        <translation>Der neue Schlüssel gehört zu einem anderen Shard. Ziehen Sie neue Kennungen, bis mayRotate() zustimmt.</translation>
    </message>
    <message>
        <source>Redis at %1 refuses SUBSCRIBE to this account: %2. Give it the rights: ACL SETUSER %3 &amp;%4* +%5</source>
        <translation>Redis auf %1 verweigert diesem Konto SUBSCRIBE: %2. Geben Sie ihm die Rechte: ACL SETUSER %3 &amp;%4* +%5</translation>
    </message>
    <message>
        <source>The option shards in the store URL is not a power of two from 1 to 1024; the default is shards=256.</source>
        <translation>Die Option shards in der Speicher-URL ist keine Zweierpotenz von 1 bis 1024; die Vorgabe ist shards=256.</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the hosts; write redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N].</source>
        <translation>Der Speicher-URL fehlt das // vor den Hosts; schreiben Sie redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N].</translation>
    </message>
    <message>
        <source>The store URL names a database, and a cluster has only one; write redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N].</source>
        <translation>Die Speicher-URL nennt eine Datenbank, und ein Cluster hat nur eine; schreiben Sie redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N].</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis+cluster: and rediss+cluster: know prefix=P, shards=N and wait=N, with &amp; between them.</source>
        <translation>Die Speicher-URL hat eine unbekannte Option; redis+cluster: und rediss+cluster: kennen prefix=P, shards=N und wait=N, mit &amp; dazwischen.</translation>
    </message>
    <message>
        <source>The prefix in the store URL has braces, by which a cluster divides keys; leave them out.</source>
        <translation>Das Präfix in der Speicher-URL hat geschweifte Klammern, nach denen ein Cluster Schlüssel verteilt; lassen Sie sie weg.</translation>
    </message>
    <message>
        <source>The facts of a visit are not written as VisitFacts::toText() does. Use that.</source>
        <translation>Die Angaben zu einem Besuch sind nicht so geschrieben, wie VisitFacts::toText() es tut. Benutzen Sie das.</translation>
    </message>
    <message>
        <source>The file %1 holds no certificate in PEM.</source>
        <translation>Die Datei %1 enthält kein Zertifikat in PEM.</translation>
    </message>
    <message>
        <source>The file %1 holds no private key in PEM, of RSA or EC and without a passphrase.</source>
        <translation>Die Datei %1 enthält keinen privaten Schlüssel in PEM, von RSA oder EC und ohne Passphrase.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not the one that is pinned: its fingerprint is %2. If it was renewed there, put the new one into the store URL; otherwise somebody is in between.</source>
        <translation>Das Zertifikat von %1 ist nicht das festgelegte: Sein Fingerabdruck ist %2. Wurde es dort erneuert, tragen Sie den neuen in die Speicher-URL ein; sonst ist jemand dazwischen.</translation>
    </message>
    <message>
        <source>The certificate of %1 is good from %2 to %3 only. Renew it there, or set the clock here.</source>
        <translation>Das Zertifikat von %1 gilt nur von %2 bis %3. Erneuern Sie es dort, oder stellen Sie hier die Uhr.</translation>
    </message>
    <message>
        <source>The certificate of %1 is signed by nobody who is trusted here. Name its authority with ca=FILE in the store URL; or, if its fingerprint is the same on that machine, pin it with fingerprint=%2</source>
        <translation>Das Zertifikat von %1 ist von niemandem unterschrieben, dem hier vertraut wird. Nennen Sie seine Zertifizierungsstelle mit ca=DATEI in der Speicher-URL; oder legen Sie es, wenn sein Fingerabdruck auf jenem Rechner derselbe ist, fest mit fingerprint=%2</translation>
    </message>
    <message>
        <source>The certificate of %1 is made out for %2. Use that name in the store URL, or pin it with fingerprint=%3</source>
        <translation>Das Zertifikat von %1 ist auf %2 ausgestellt. Verwenden Sie diesen Namen in der Speicher-URL, oder legen Sie es fest mit fingerprint=%3</translation>
    </message>
    <message>
        <source>The certificate of %1 cannot be trusted: %2.</source>
        <translation>Dem Zertifikat von %1 kann nicht vertraut werden: %2.</translation>
    </message>
    <message>
        <source>Nothing listens at %1. Start the application, or check host and port.</source>
        <translation>Bei %1 hört niemand zu. Starten Sie die Anwendung, oder prüfen Sie Host und Port.</translation>
    </message>
    <message>
        <source>There is no host of the name in %1. Check how it is written.</source>
        <translation>Einen Host mit dem Namen in %1 gibt es nicht. Prüfen Sie die Schreibweise.</translation>
    </message>
    <message>
        <source>No connection over TLS came about with %1: %2. Check that a live application listens there with live+tls.</source>
        <translation>Mit %1 kam keine Verbindung über TLS zustande: %2. Prüfen Sie, ob dort eine Anwendung mit live+tls zuhört.</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2. Check the network and the firewall between.</source>
        <translation>%1 ist nicht erreichbar: %2. Prüfen Sie das Netz und die Firewall dazwischen.</translation>
    </message>
    <message>
        <source>The application at %1 asks for a token. Name the file that holds it with token-file=FILE in the store URL.</source>
        <translation>Die Anwendung bei %1 verlangt ein Token. Nennen Sie die Datei, die es enthält, mit token-file=DATEI in der Speicher-URL.</translation>
    </message>
    <message>
        <source>The application at %1 closed the connection before it had greeted. Try again; it may be starting, or have as many clients as it takes.</source>
        <translation>Die Anwendung bei %1 schloss die Verbindung, bevor sie gegrüßt hatte. Versuchen Sie es noch einmal; vielleicht startet sie gerade, oder sie hat so viele Clients, wie sie annimmt.</translation>
    </message>
    <message>
        <source>The token is given twice; leave out either it or the file that holds it.</source>
        <translation>Das Token ist zweimal angegeben; lassen Sie entweder es oder die Datei weg, die es enthält.</translation>
    </message>
    <message>
        <source>live+tls would show the sessions to the whole network: set a token, clientCaFile or clientFingerprints, so that only those who may see them log in.</source>
        <translation>live+tls würde die Sitzungen dem ganzen Netz zeigen: Setzen Sie ein Token, clientCaFile oder clientFingerprints, damit sich nur anmeldet, wer sie sehen darf.</translation>
    </message>
    <message>
        <source>live+tls needs a certificate of this application and its private key, so that clients know whom they talk to: set certificateFile and keyFile.</source>
        <translation>live+tls braucht ein Zertifikat dieser Anwendung und seinen privaten Schlüssel, damit Clients wissen, mit wem sie sprechen: Setzen Sie certificateFile und keyFile.</translation>
    </message>
    <message>
        <source>The application lets in only who has a client certificate that it knows. Name yours with cert=FILE and key=FILE in the store URL.</source>
        <translation>Die Anwendung lässt nur herein, wer ein Client-Zertifikat hat, das sie kennt. Nennen Sie Ihres mit cert=DATEI und key=DATEI in der Speicher-URL.</translation>
    </message>
    <message>
        <source>The application refused the client certificate: it is good from %1 to %2 only. Get a new one.</source>
        <translation>Die Anwendung lehnte das Client-Zertifikat ab: Es gilt nur von %1 bis %2. Besorgen Sie ein neues.</translation>
    </message>
    <message>
        <source>The application does not know the client certificate. Have its fingerprint or its authority allowed there, or use one that is.</source>
        <translation>Die Anwendung kennt das Client-Zertifikat nicht. Lassen Sie dort seinen Fingerabdruck oder seine Zertifizierungsstelle zu, oder verwenden Sie eines, das zugelassen ist.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address to listen on; give an IP address of this machine, or 0.0.0.0 or :: for all.</source>
        <translation>&quot;%1&quot; ist keine Adresse, an der man zuhören kann; geben Sie eine IP-Adresse dieses Rechners an, oder 0.0.0.0 oder :: für alle.</translation>
    </message>
    <message>
        <source>live+tls cannot listen on port %1 of %2: %3. Choose another port or address.</source>
        <translation>live+tls kann nicht an Port %1 von %2 zuhören: %3. Wählen Sie einen anderen Port oder eine andere Adresse.</translation>
    </message>
    <message>
        <source>The application refused the token. Check that both ends have the same one, and that nothing between them, such as a proxy, ends the encryption.</source>
        <translation>Die Anwendung lehnte das Token ab. Prüfen Sie, ob beide Seiten dasselbe haben und ob nichts dazwischen, etwa ein Proxy, die Verschlüsselung beendet.</translation>
    </message>
    <message>
        <source>The address of a live application needs a host and a port; there is no usual one.</source>
        <translation>Die Adresse einer Live-Anwendung braucht einen Host und einen Port; einen üblichen gibt es nicht.</translation>
    </message>
    <message>
        <source>A private key alone opens nothing; name its certificate too, with cert=FILE.</source>
        <translation>Ein privater Schlüssel allein öffnet nichts; nennen Sie auch sein Zertifikat, mit cert=DATEI.</translation>
    </message>
    <message>
        <source>A fingerprint is the SHA-256 of a certificate in 64 hexadecimal digits, with or without colons; `openssl x509 -noout -fingerprint -sha256 -in FILE` tells it.</source>
        <translation>Ein Fingerabdruck ist der SHA-256 eines Zertifikats in 64 hexadezimalen Ziffern, mit oder ohne Doppelpunkte; `openssl x509 -noout -fingerprint -sha256 -in DATEI` nennt ihn.</translation>
    </message>
    <message>
        <source>The token for live+tls has spaces or characters beyond ASCII. Make one with `openssl rand -hex 32`.</source>
        <translation>Das Token für live+tls hat Leerzeichen oder Zeichen jenseits von ASCII. Erzeugen Sie eines mit `openssl rand -hex 32`.</translation>
    </message>
    <message>
        <source>The token for live+tls is too easy to guess, it needs 128 bits. Make one with `openssl rand -hex 32`.</source>
        <translation>Das Token für live+tls ist zu leicht zu erraten, es braucht 128 Bit. Erzeugen Sie eines mit `openssl rand -hex 32`.</translation>
    </message>
    <message>
        <source>This Qt has no TLS, which live+tls needs. Install its TLS plugin and OpenSSL, or use live: over SSH.</source>
        <translation>Dieses Qt hat kein TLS, das live+tls braucht. Installieren Sie sein TLS-Plugin und OpenSSL, oder verwenden Sie live: über SSH.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>Die Datei %1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>The first line of the file %1 should be a token, and is empty.</source>
        <translation>Die erste Zeile der Datei %1 sollte ein Token sein und ist leer.</translation>
    </message>
    <message>
        <source>The host in the store URL is empty or not a host name; write //host:port behind the scheme, and percent-encode the characters / ? @ in a password (%2F %3F %40).</source>
        <translation>Der Host in der Speicher-URL ist leer oder kein Hostname; schreiben Sie //host:port hinter das Schema, und kodieren Sie die Zeichen / ? @ in einem Passwort mit Prozentzeichen (%2F %3F %40).</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the host; write live+tls://host:port?token-file=FILE, for example.</source>
        <translation>Der Speicher-URL fehlt das // vor dem Host; schreiben Sie zum Beispiel live+tls://host:port?token-file=DATEI.</translation>
    </message>
    <message>
        <source>The store URL has a user, and live+tls knows none; a token stands behind a colon, live+tls://:TOKEN@host:port, or better in a file that token-file=FILE names.</source>
        <translation>Die Speicher-URL hat einen Benutzer, und live+tls kennt keinen; ein Token steht hinter einem Doppelpunkt, live+tls://:TOKEN@host:port, oder besser in einer Datei, die token-file=DATEI nennt.</translation>
    </message>
    <message>
        <source>The store URL lacks the port; write live+tls://host:port, as the application listens.</source>
        <translation>Der Speicher-URL fehlt der Port; schreiben Sie live+tls://host:port, wie die Anwendung zuhört.</translation>
    </message>
    <message>
        <source>The store URL has a path, and live+tls knows none; write live+tls://host:port and options behind a ?.</source>
        <translation>Die Speicher-URL hat einen Pfad, und live+tls kennt keinen; schreiben Sie live+tls://host:port und Optionen hinter ein ?.</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; live+tls: knows ca=FILE, fingerprint=HEX, cert=FILE, key=FILE and token-file=FILE, with &amp; between them.</source>
        <translation>Die Speicher-URL hat eine unbekannte Option; live+tls: kennt ca=DATEI, fingerprint=HEX, cert=DATEI, key=DATEI und token-file=DATEI, mit &amp; dazwischen.</translation>
    </message>
    <message>
        <source>The option %1 in the store URL is empty; leave it out, or write what it names.</source>
        <translation>Die Option %1 in der Speicher-URL ist leer; lassen Sie sie weg, oder schreiben Sie, was sie nennt.</translation>
    </message>
    <message>
        <source>The store URL begins with no scheme that is known; write memory:, sqlite:PATH[?synchronous=full], redis://[user:password@]host[:port][/number][?prefix=P], rediss:// likewise, redis+unix:PATH, redis+sentinel://host,host,.../MASTER, redis+cluster://host,host,..., live:NAME or live+tls://host:port.</source>
        <translation>Die Speicher-URL beginnt mit keinem bekannten Schema; schreiben Sie memory:, sqlite:PATH[?synchronous=full], redis://[user:password@]host[:port][/number][?prefix=P], ebenso rediss://, redis+unix:PATH, redis+sentinel://host,host,.../MASTER, redis+cluster://host,host,..., live:NAME oder live+tls://host:port.</translation>
    </message>
    <message>
        <source>The private key in %1 is encrypted. Write it without its passphrase into a file that only this program&apos;s user can read, with openssl pkey -in OLD -out NEW.</source>
        <translation>Der private Schlüssel in %1 ist verschlüsselt. Schreiben Sie ihn ohne Passphrase in eine Datei, die nur der Benutzer dieses Programms lesen kann, mit openssl pkey -in ALT -out NEU.</translation>
    </message>
    <message>
        <source>The private key in %1 is not that of the certificate in %2, the first one there. Name the two that were made together.</source>
        <translation>Der private Schlüssel in %1 gehört nicht zum Zertifikat in %2, dem ersten darin. Geben Sie die beiden an, die zusammen erzeugt wurden.</translation>
    </message>
    <message>
        <source>The certificate in %1 was good until %2, so that no client would trust it. Renew it.</source>
        <translation>Das Zertifikat in %1 galt bis %2, sodass ihm kein Client vertrauen würde. Erneuern Sie es.</translation>
    </message>
    <message>
        <source>%1 of %2 masters</source>
        <translation>%1 von %2 Mastern</translation>
    </message>
    <message>
        <source>%1 of %2 masters, %3 of %4 shards are away</source>
        <translation>%1 von %2 Mastern, %3 von %4 Shards fehlen</translation>
    </message>
    <message>
        <source>%1 of %2 masters, %3 of %4 shards are away: %5</source>
        <translation>%1 von %2 Mastern, %3 von %4 Shards fehlen: %5</translation>
    </message>
    <message>
        <source>Of ended sessions only user, key and time are known: search for them by user:, key: and around: only.</source>
        <translation>Von beendeten Sitzungen sind nur Benutzer, Schlüssel und Zeit bekannt: suchen Sie sie nur mit user:, key: und around:.</translation>
    </message>
    <message>
        <source>This quotation mark is not closed.</source>
        <translation>Dieses Anführungszeichen wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>Text in quotes must end with its quotation mark.</source>
        <translation>Text in Anführungszeichen muss mit einem Anführungszeichen enden.</translation>
    </message>
    <message>
        <source>Only one text in quotes can be looked for.</source>
        <translation>Es kann nur nach einem Text in Anführungszeichen gesucht werden.</translation>
    </message>
    <message>
        <source>There is no %1:. Write user:, key:, has:, is: or around:; a user of that name is user:%2.</source>
        <translation>%1: gibt es nicht. Schreiben Sie user:, key:, has:, is: oder around:; ein Benutzer dieses Namens ist user:%2.</translation>
    </message>
    <message>
        <source>A session has one user. For a text in an attribute, write it in quotes.</source>
        <translation>Eine Sitzung hat nur einen Benutzer. Einen Text in einem Attribut schreiben Sie in Anführungszeichen.</translation>
    </message>
    <message>
        <source>A session has one key.</source>
        <translation>Eine Sitzung hat nur einen Schlüssel.</translation>
    </message>
    <message>
        <source>Nothing follows %1:.</source>
        <translation>Auf %1: folgt nichts.</translation>
    </message>
    <message>
        <source>A key has letters, digits, - and _ only, 43 at most.</source>
        <translation>Ein Schlüssel hat nur Buchstaben, Ziffern, - und _, höchstens 43.</translation>
    </message>
    <message>
        <source>This is no time. Write around:15:00, around:2h or a date and time.</source>
        <translation>Das ist keine Zeit. Schreiben Sie around:15:00, around:2h oder Datum und Uhrzeit.</translation>
    </message>
    <message>
        <source>There is no is:%1. Write %2.</source>
        <translation>is:%1 gibt es nicht. Schreiben Sie %2.</translation>
    </message>
    <message>
        <source>This is no size. Write size&gt;10k, size&gt;500 or size&gt;2M; an attribute of that name is &quot;size&quot;.</source>
        <translation>Das ist keine Größe. Schreiben Sie size&gt;10k, size&gt;500 oder size&gt;2M; ein Attribut dieses Namens ist &quot;size&quot;.</translation>
    </message>
    <message>
        <source>This is no number. Write attributes&gt;50; an attribute of that name is &quot;attributes&quot;.</source>
        <translation>Das ist keine Zahl. Schreiben Sie attributes&gt;50; ein Attribut dieses Namens ist &quot;attributes&quot;.</translation>
    </message>
    <message>
        <source>This is no duration. Write %1&lt;5m or %1&gt;2h; an attribute of that name is &quot;%1&quot;.</source>
        <translation>Das ist keine Dauer. Schreiben Sie %1&lt;5m oder %1&gt;2h; ein Attribut dieses Namens ist &quot;%1&quot;.</translation>
    </message>
    <message>
        <source>A change of the facts of a visit is not written as VisitFacts::changeTo() does. Use that.</source>
        <translation>Eine Änderung der Angaben eines Besuchs ist nicht so geschrieben wie von VisitFacts::changeTo(). Nehmen Sie das.</translation>
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
    <name>Sojourn::Inspector::AttributePage</name>
    <message>
        <source>Add attribute…</source>
        <translation>Attribut hinzufügen&#xa0;…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen&#xa0;…</translation>
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
        <source>Show as column</source>
        <translation>Als Spalte zeigen</translation>
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
        <source>Not added: the session is not there any more, or not shown.</source>
        <translation>Nicht hinzugefügt: Die Sitzung gibt es nicht mehr, oder sie wird nicht angezeigt.</translation>
    </message>
    <message>
        <source>Not added: %1 is no object any more.</source>
        <translation>Nicht hinzugefügt: %1 ist kein Objekt mehr.</translation>
    </message>
    <message>
        <source>The session has ended, or is not shown any more. Copy what you typed.</source>
        <translation>Die Sitzung ist beendet oder wird nicht mehr angezeigt. Kopieren Sie, was Sie eingegeben haben.</translation>
    </message>
    <message>
        <source>The store is read-only now.</source>
        <translation>Der Speicher ist jetzt nur lesend.</translation>
    </message>
    <message>
        <source>This value is not there any more. Copy what you typed.</source>
        <translation>Diesen Wert gibt es nicht mehr. Kopieren Sie, was Sie eingegeben haben.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::AttributeView</name>
    <message>
        <source>This is not JSON. Write text in quotes.</source>
        <translation>Das ist kein JSON. Schreiben Sie Text in Anführungszeichen.</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::BulkBar</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
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
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %2 von %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>What failed</source>
        <translation>Was fehlschlug</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::BulkJob</name>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>%Ln erledigt</numerusform>
            <numerusform>%Ln erledigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln failed: %1</source>
        <translation>
            <numerusform>, %Ln fehlgeschlagen: %1</numerusform>
            <numerusform>, %Ln fehlgeschlagen: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln left out by the stop</source>
        <translation>
            <numerusform>, %Ln durch das Anhalten ausgelassen</numerusform>
            <numerusform>, %Ln durch das Anhalten ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln had ended already</source>
        <translation>
            <numerusform>, %Ln war schon beendet</numerusform>
            <numerusform>, %Ln waren schon beendet</numerusform>
        </translation>
    </message>
    <message>
        <source>. This is too large to be undone</source>
        <translation>. Das ist zu groß, um es rückgängig zu machen</translation>
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
        <source>%Ln attributes differ.</source>
        <translation>
            <numerusform>%Ln Attribut ist verschieden.</numerusform>
            <numerusform>%Ln Attribute sind verschieden.</numerusform>
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
        <translation>Einzelheiten</translation>
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
        <source>Stopped before the end.</source>
        <translation>Vor dem Ende angehalten.</translation>
    </message>
    <message>
        <source>The first %1 are shown.</source>
        <translation>Die ersten %1 werden gezeigt.</translation>
    </message>
    <message>
        <source>new attributes %1</source>
        <translation>neue Attribute %1</translation>
    </message>
    <message>
        <source>vanished attributes %1</source>
        <translation>verschwundene Attribute %1</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 mehr</translation>
    </message>
    <message>
        <source>%1 less</source>
        <translation>%1 weniger</translation>
    </message>
    <message>
        <source>In sessions that both sides have: %1.</source>
        <translation>In Sitzungen, die beide Seiten haben: %1.</translation>
    </message>
    <message>
        <source>%1, %2, %3.</source>
        <comment>2 added, 1 removed, 5 changed.</comment>
        <translation>%1, %2, %3.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>%Ln hinzugekommen</numerusform>
            <numerusform>%Ln hinzugekommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln removed</source>
        <translation>
            <numerusform>%Ln entfernt</numerusform>
            <numerusform>%Ln entfernt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln geändert</numerusform>
            <numerusform>%Ln geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes</source>
        <translation>
            <numerusform>%Ln Attribut</numerusform>
            <numerusform>%Ln Attribute</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ConflictDialog</name>
    <message>
        <source>Changed meanwhile</source>
        <translation>Inzwischen geändert</translation>
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
        <translation>Gewünschtes Ende: %1; jetziges Ende: %2.</translation>
    </message>
    <message>
        <source>&amp;Keep theirs</source>
        <translation>&amp;Andere Fassung behalten</translation>
    </message>
    <message>
        <source>&amp;Delete it anyway</source>
        <translation>Trotzdem &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Write mine over it</source>
        <translation>Mit &amp;meiner Fassung überschreiben</translation>
    </message>
    <message>
        <source>&amp;Edit again</source>
        <translation>&amp;Erneut bearbeiten</translation>
    </message>
    <message>
        <source>Somebody changed this session after you looked at it (version %1 now). Nothing was written yet.</source>
        <translation>Jemand hat diese Sitzung geändert, nachdem Sie sie gesehen haben (jetzt Version %1). Noch wurde nichts geschrieben.</translation>
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
        <translation>Passwort im Schlüsselbund des S&amp;ystems speichern</translation>
    </message>
    <message>
        <source>There is no keychain here: the password is asked for each time.</source>
        <translation>Hier gibt es keinen Schlüsselbund: Nach dem Passwort wird jedes Mal gefragt.</translation>
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
        <translation>Schlüsselpräfi&amp;x:</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>Benut&amp;zer:</translation>
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
        <source>Production stores open read-only, and destructive work on many sessions wants the name typed.</source>
        <translation>Produktionsspeicher werden nur lesend geöffnet; wer bei vielen Sitzungen Daten vernichten will, muss den Namen eintippen.</translation>
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
        <translation>In der Seitenleiste &amp;speichern</translation>
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
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Asking the store…</source>
        <translation>Der Speicher wird gefragt&#xa0;…</translation>
    </message>
    <message numerus="yes">
        <source>It answers: %Ln sessions, %1 ms.</source>
        <translation>
            <numerusform>Er antwortet: %Ln Sitzung, %1&#xa0;ms.</numerusform>
            <numerusform>Er antwortet: %Ln Sitzungen, %1&#xa0;ms.</numerusform>
        </translation>
    </message>
    <message>
        <source>as before</source>
        <translation>wie bisher</translation>
    </message>
    <message>
        <source>asked for each time</source>
        <translation>wird jedes Mal erfragt</translation>
    </message>
    <message>
        <source>Encr&amp;ypted (TLS)</source>
        <translation>&amp;Verschlüsselt (TLS)</translation>
    </message>
    <message>
        <source>Store UR&amp;L:</source>
        <translation>Sp&amp;eicher-URL:</translation>
    </message>
    <message>
        <source>Of sentinels and of a cluster&apos;s nodes any number, with commas between them.</source>
        <translation>Beliebig viele Sentinels oder Knoten eines Clusters, mit Kommas dazwischen.</translation>
    </message>
    <message>
        <source>One server</source>
        <translation>Ein Server</translation>
    </message>
    <message>
        <source>Sentinels, which know the master</source>
        <translation>Sentinels, die den Master kennen</translation>
    </message>
    <message>
        <source>Nodes of a cluster</source>
        <translation>Knoten eines Clusters</translation>
    </message>
    <message>
        <source>K&amp;ind:</source>
        <translation>Ar&amp;t:</translation>
    </message>
    <message>
        <source>The name by which the sentinels know the master.</source>
        <translation>Der Name, unter dem die Sentinels den Master kennen.</translation>
    </message>
    <message>
        <source>Name of the &amp;master:</source>
        <translation>Name des &amp;Masters:</translation>
    </message>
    <message>
        <source>Running application on another machine</source>
        <translation>Laufende Anwendung auf einem anderen Rechner</translation>
    </message>
    <message>
        <source>As the application listens with live+tls; an IPv6 address stands in brackets.</source>
        <translation>Wie die Anwendung mit live+tls zuhört; eine IPv6-Adresse steht in Klammern.</translation>
    </message>
    <message>
        <source>The SHA-256 of its certificate, where no authority signed it that is known here.</source>
        <translation>Der SHA-256 ihres Zertifikats, wenn keine Zertifizierungsstelle es unterschrieb, die hier bekannt ist.</translation>
    </message>
    <message>
        <source>To&amp;ken:</source>
        <translation>To&amp;ken:</translation>
    </message>
    <message>
        <source>File with the token:</source>
        <translation>Datei mit dem Token:</translation>
    </message>
    <message>
        <source>File with the token</source>
        <translation>Datei mit dem Token</translation>
    </message>
    <message>
        <source>Its &amp;fingerprint:</source>
        <translation>Ihr &amp;Fingerabdruck:</translation>
    </message>
    <message>
        <source>Its authority:</source>
        <translation>Ihre Zertifizierungsstelle:</translation>
    </message>
    <message>
        <source>Its authority</source>
        <translation>Ihre Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Certificate of its authority</source>
        <translation>Zertifikat ihrer Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>My certificate:</source>
        <translation>Mein Zertifikat:</translation>
    </message>
    <message>
        <source>My certificate</source>
        <translation>Mein Zertifikat</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>My private key:</source>
        <translation>Mein privater Schlüssel:</translation>
    </message>
    <message>
        <source>My private key</source>
        <translation>Mein privater Schlüssel</translation>
    </message>
    <message>
        <source>Private key of the client certificate</source>
        <translation>Privater Schlüssel des Client-Zertifikats</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Dashboard</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Logins</source>
        <translation>Anmeldungen</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Konflikte</translation>
    </message>
    <message>
        <source>Answer time</source>
        <translation>Antwortzeit</translation>
    </message>
    <message>
        <source>Sessions that got a user</source>
        <translation>Sitzungen, die einen Benutzer bekamen</translation>
    </message>
    <message>
        <source>Edits of this window that met a newer session</source>
        <translation>Änderungen dieses Fensters, die auf eine neuere Sitzung trafen</translation>
    </message>
    <message>
        <source>How long the store takes to answer</source>
        <translation>Wie lange der Speicher für eine Antwort braucht</translation>
    </message>
    <message>
        <source>Time that is shown</source>
        <translation>Gezeigte Zeit</translation>
    </message>
    <message>
        <source>Last 5 minutes</source>
        <translation>Letzte 5 Minuten</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Since it was opened</source>
        <translation>Seit dem Öffnen</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>As a picture (PNG) or as a table (CSV)</source>
        <translation>Als Bild (PNG) oder als Tabelle (CSV)</translation>
    </message>
    <message>
        <source>now %1, max. %2</source>
        <translation>jetzt %1, max. %2</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>%1 insgesamt</translation>
    </message>
    <message>
        <source>Save what is shown</source>
        <translation>Gezeigtes speichern</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>As a double click or the key 0</source>
        <translation>Wie ein Doppelklick oder die Taste 0</translation>
    </message>
    <message>
        <source>max. %1</source>
        <translation>max. %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
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
        <source>Not renamed: there is an attribute %1 already.</source>
        <translation>Nicht umbenannt: Ein Attribut %1 gibt es schon.</translation>
    </message>
    <message>
        <source>Rename %1 to %2 in %3</source>
        <translation>%1 in %3 in %2 umbenennen</translation>
    </message>
    <message>
        <source>No session selected</source>
        <translation>Keine Sitzung ausgewählt</translation>
    </message>
    <message>
        <source>Select one in the table to see its attributes, times and what happened to it.</source>
        <translation>Wählen Sie eine in der Tabelle, um ihre Attribute, ihre Zeiten und ihre Geschichte zu sehen.</translation>
    </message>
    <message>
        <source>This session has ended. What is known of it is in the time line.</source>
        <translation>Diese Sitzung ist zu Ende. Was man von ihr weiß, steht in der Zeitleiste.</translation>
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
        <source>%Ln attributes</source>
        <translation>
            <numerusform>%Ln Attribut</numerusform>
            <numerusform>%Ln Attribute</numerusform>
        </translation>
    </message>
    <message>
        <source>a fresh id is due on the next request</source>
        <translation>neue Kennung bei der nächsten Anfrage</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert&#xa0;…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Changed by somebody else meanwhile</source>
        <translation>Inzwischen von jemand anderem geändert</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln attributes of %1</source>
        <translation>
            <numerusform>%Ln Attribut von %1 ändern</numerusform>
            <numerusform>%Ln Attribute von %1 ändern</numerusform>
        </translation>
    </message>
    <message>
        <source>JSON •</source>
        <comment>with text that is not applied yet</comment>
        <translation>JSON •</translation>
    </message>
    <message>
        <source>This id was replaced. The session went on as %1.</source>
        <translation>Diese Kennung wurde ersetzt. Die Sitzung lief weiter als %1.</translation>
    </message>
    <message>
        <source>Show that session</source>
        <translation>Diese Sitzung anzeigen</translation>
    </message>
    <message>
        <source>Watch</source>
        <comment>what requests do to the session</comment>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>All sessions of this user over time</source>
        <translation>Alle Sitzungen dieses Benutzers im Zeitverlauf</translation>
    </message>
    <message>
        <source>Keep this session in sight beside others</source>
        <translation>Diese Sitzung neben anderen im Blick behalten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes differ from the other session</source>
        <translation>
            <numerusform>%Ln Attribut weicht von der anderen Sitzung ab</numerusform>
            <numerusform>%Ln Attribute weichen von der anderen Sitzung ab</numerusform>
        </translation>
    </message>
    <message>
        <source>the same attributes as the other session</source>
        <translation>dieselben Attribute wie die andere Sitzung</translation>
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
        <source>%Ln sessions end</source>
        <translation>
            <numerusform>%Ln Sitzung endet</numerusform>
            <numerusform>%Ln Sitzungen enden</numerusform>
        </translation>
    </message>
    <message>
        <source>after &amp;inactivity of</source>
        <translation>nach &amp;Inaktivität von</translation>
    </message>
    <message>
        <source>Idle time</source>
        <translation>Inaktivitätszeit</translation>
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
        <translation>Einheit der Inaktivitätszeit</translation>
    </message>
    <message>
        <source>&amp;at</source>
        <translation>a&amp;m</translation>
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
        <translation>laut An&amp;wendung</translation>
    </message>
    <message>
        <source>Set &amp;expiry</source>
        <translation>&amp;Ablauf setzen</translation>
    </message>
    <message numerus="yes">
        <source>Set &amp;expiry of %Ln sessions</source>
        <translation>
            <numerusform>&amp;Ablauf von %Ln Sitzung setzen</numerusform>
            <numerusform>&amp;Ablauf von %Ln Sitzungen setzen</numerusform>
        </translation>
    </message>
    <message>
        <source>This moment has passed: the session ends at once.</source>
        <translation>Dieser Zeitpunkt ist vorbei: Die Sitzung endet sofort.</translation>
    </message>
    <message>
        <source>It ends at %1 at the latest: that is the absolute end of its life.</source>
        <translation>Sie endet spätestens am %1: Das ist das absolute Ende ihrer Lebensdauer.</translation>
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
        <translation>Ab der nächsten Anfrage des Besuchers gilt die Inaktivitätszeit der Anwendung.</translation>
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
    <message>
        <source>max. %1</source>
        <translation>max. %1</translation>
    </message>
    <message>
        <source>later: %1</source>
        <translation>später: %1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ImportDialog</name>
    <message>
        <source>expired, left out</source>
        <translation>abgelaufen, ausgelassen</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>in the store, newer there</source>
        <translation>im Speicher, dort neuer</translation>
    </message>
    <message>
        <source>in the store, older there</source>
        <translation>im Speicher, dort älter</translation>
    </message>
    <message>
        <source>in the store, the same</source>
        <translation>im Speicher, gleich</translation>
    </message>
    <message>
        <source>Import snapshot</source>
        <translation>Schnappschuss importieren</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions are new.</source>
        <translation>
            <numerusform>%Ln Sitzung ist neu.</numerusform>
            <numerusform>%Ln Sitzungen sind neu.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions are in the store already.</source>
        <translation>
            <numerusform>%Ln Sitzung ist schon im Speicher.</numerusform>
            <numerusform>%Ln Sitzungen sind schon im Speicher.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions have expired and are left out.</source>
        <translation>
            <numerusform>%Ln Sitzung ist abgelaufen und wird ausgelassen.</numerusform>
            <numerusform>%Ln Sitzungen sind abgelaufen und werden ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The snapshot has no session.</source>
        <translation>Der Schnappschuss enthält keine Sitzung.</translation>
    </message>
    <message>
        <source>Import %1 into %2?</source>
        <translation>%1 in %2 importieren?</translation>
    </message>
    <message>
        <source>Sessions of the snapshot</source>
        <translation>Sitzungen des Schnappschusses</translation>
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
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>What would happen</source>
        <translation>Beim Import</translation>
    </message>
    <message>
        <source>The first %1 sessions of the file are listed.</source>
        <translation>Die ersten %1 Sitzungen der Datei sind aufgeführt.</translation>
    </message>
    <message>
        <source>An import cannot be undone.</source>
        <translation>Ein Import lässt sich nicht rückgängig machen.</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %Ln new sessions</source>
        <translation>
            <numerusform>%Ln neue Sitzung &amp;importieren</numerusform>
            <numerusform>%Ln neue Sitzungen &amp;importieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import &amp;all, replacing %Ln</source>
        <translation>
            <numerusform>&amp;Alle importieren, %Ln ersetzen</numerusform>
            <numerusform>&amp;Alle importieren, %Ln ersetzen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::JsonPage</name>
    <message>
        <source>Attributes as JSON</source>
        <translation>Attribute als JSON</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>An&amp;wenden</translation>
    </message>
    <message>
        <source>Writes what differs (%1)</source>
        <translation>Schreibt, was sich unterscheidet (%1)</translation>
    </message>
    <message>
        <source>&amp;Revert</source>
        <translation>&amp;Verwerfen</translation>
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
    <message>
        <source>Values that are hidden have moved. Press “Show secrets” on the page “Attributes”, then edit again.</source>
        <translation>Verborgene Werte haben den Platz gewechselt. Drücken Sie auf der Seite „Attribute“ auf „Geheimnisse zeigen“, und bearbeiten Sie sie dann erneut.</translation>
    </message>
    <message>
        <source>What you typed is hidden, as secrets may be in it. Press “Show secrets” on the page “Attributes” to go on.</source>
        <translation>Was Sie getippt haben, ist verborgen, denn es kann Geheimnisse enthalten. Drücken Sie „Geheimnisse zeigen“ auf der Seite „Attribute“, um fortzufahren.</translation>
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
        <translation>boolesch</translation>
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
        <translation>Nicht gespeichert: %1 ist kein JSON. Text gehört in Anführungszeichen.</translation>
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
    <message>
        <source>Not added: %1 is there already.</source>
        <translation>Nicht hinzugefügt: %1 ist schon da.</translation>
    </message>
    <message>
        <source>Not renamed: %1 is there already.</source>
        <translation>Nicht umbenannt: %1 ist schon da.</translation>
    </message>
    <message>
        <source>Not in the other session</source>
        <translation>Nicht in der anderen Sitzung</translation>
    </message>
    <message>
        <source>In the other session: %1</source>
        <translation>In der anderen Sitzung: %1</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::LaneChart</name>
    <message>
        <source>Sessions over time</source>
        <translation>Sitzungen im Zeitverlauf</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>not this user&apos;s any more</source>
        <translation>nicht mehr dieses Benutzers</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Von %1</translation>
    </message>
    <message>
        <source>Last seen %1</source>
        <translation>Zuletzt gesehen %1</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Bis %1</translation>
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
        <translation>Alle Speicher nur lesend öffnen.</translation>
    </message>
    <message>
        <source>light or dark, whatever the system says.</source>
        <translation>light oder dark, was auch immer das System sagt.</translation>
    </message>
    <message>
        <source>Try --help.</source>
        <translation>Mehr sagt --help.</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>Diese Hilfe zeigen.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Die Version zeigen.</translation>
    </message>
    <message>
        <source>Sojourn Inspector</source>
        <translation>Sojourn Inspector</translation>
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
        <source>The demo runs at %1. Open it in a browser and watch its sessions here.</source>
        <translation>Die Demo läuft unter %1. Öffnen Sie sie im Browser und sehen Sie hier ihre Sitzungen.</translation>
    </message>
    <message>
        <source>Save activity log</source>
        <translation>Protokoll speichern</translation>
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
        <source>Panels</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Sojourn Inspector %1</source>
        <translation>Sojourn Inspector %1</translation>
    </message>
    <message>
        <source>Sessions of QHttpServer applications, live.

MIT licence. Uses Qt under the LGPL.</source>
        <translation>Sitzungen von QHttpServer-Anwendungen, während sie laufen.

MIT-Lizenz. Benutzt Qt unter der LGPL.</translation>
    </message>
    <message>
        <source>What was typed here is not saved yet. Save it or take it back, then move the tab.</source>
        <translation>Was hier eingegeben wurde, ist noch nicht gespeichert. Speichern oder verwerfen Sie es und verschieben Sie dann den Tab.</translation>
    </message>
    <message>
        <source>This session belongs to no user.</source>
        <translation>Diese Sitzung gehört keinem Benutzer.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Overview</name>
    <message>
        <source>Sessions by age</source>
        <translation>Sitzungen nach Alter</translation>
    </message>
    <message>
        <source>Events of the last minute</source>
        <translation>Ereignisse (1&#xa0;min)</translation>
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
        <translation>Wird gezählt&#xa0;…</translation>
    </message>
    <message>
        <source>No sessions.</source>
        <translation>Keine Sitzungen.</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>Sessions by deadline</source>
        <translation>Sitzungen nach Frist</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln sessions looked at</source>
        <translation>
            <numerusform>%1 von %Ln Sitzung durchgesehen</numerusform>
            <numerusform>%1 von %Ln Sitzungen durchgesehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions, %1 without a user, %2 of attributes, %3 each on average, as of %4</source>
        <translation>
            <numerusform>%Ln Sitzung, %1 ohne Benutzer, %2 an Attributen, im Mittel je %3, Stand %4</numerusform>
            <numerusform>%Ln Sitzungen, %1 ohne Benutzer, %2 an Attributen, im Mittel je %3, Stand %4</numerusform>
        </translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Im Zeitverlauf</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::RotationBar</name>
    <message>
        <source>A visitor collects the fresh id with the next request.</source>
        <translation>Ein Besucher holt die neue Kennung mit der nächsten Anfrage ab.</translation>
    </message>
    <message>
        <source>Show waiting</source>
        <translation>Wartende zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>Rotation: %Ln asked</source>
        <translation>
            <numerusform>Erneuerung: %Ln angefordert</numerusform>
            <numerusform>Erneuerung: %Ln angefordert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln collected</source>
        <translation>
            <numerusform>, %Ln abgeholt</numerusform>
            <numerusform>, %Ln abgeholt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln waiting</source>
        <translation>
            <numerusform>, %Ln wartet</numerusform>
            <numerusform>, %Ln warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln ended</source>
        <translation>
            <numerusform>, %Ln beendet</numerusform>
            <numerusform>, %Ln beendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revoke the %Ln waiting</source>
        <translation>
            <numerusform>Die %Ln wartende widerrufen</numerusform>
            <numerusform>Die %Ln wartenden widerrufen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SavedViews</name>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Searches that were saved by name</source>
        <translation>Suchen, die unter einem Namen gespeichert sind</translation>
    </message>
    <message>
        <source>&amp;Save this search…</source>
        <translation>Diese Suche &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>&amp;Vergessen</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Diese Suche speichern</translation>
    </message>
    <message>
        <source>Name of the view. What stands in the search line is kept with it, names of users too:</source>
        <translation>Name der Ansicht. Was in der Suchzeile steht, wird damit gespeichert, auch Namen von Benutzern:</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SearchBar</name>
    <message>
        <source>Search: a user, a key, a cookie, role=admin, size&gt;10k, seen&lt;5m, around:15:00, &quot;text&quot;</source>
        <translation>Suche: Benutzer, Schlüssel, Cookie, role=admin, size&gt;10k, seen&lt;5m, around:15:00, &quot;Text&quot;</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>ann or user:ann – sessions of this user, with those that ended lately
key:WQ1a – whose key begins so; a whole key or a cookie as it is
role=admin, cart.total&gt;=100, has:role – by attributes
size&gt;10k, attributes&gt;50, seen&lt;5m, created&gt;2d, ends&lt;1h – by what the store knows
around:15:00 – that lived then; is:ended – by state
&quot;some text&quot; – in names and values of attributes
Up and down call back what was searched before.</source>
        <translation>ann oder user:ann – Sitzungen dieses Benutzers, auch kürzlich beendete
key:WQ1a – deren Schlüssel so beginnt; ein ganzer Schlüssel oder ein Cookie, wie er ist
role=admin, cart.total&gt;=100, has:role – nach Attributen
size&gt;10k, attributes&gt;50, seen&lt;5m, created&gt;2d, ends&lt;1h – nach dem, was der Speicher weiß
around:15:00 – die damals lebten; is:ended – nach dem Zustand
&quot;Text&quot; – in Namen und Werten von Attributen
Pfeil auf und ab holen frühere Suchen zurück.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Zurücksetzen</translation>
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
        <source>Do not filter by the deadline any more</source>
        <translation>Nicht mehr nach der Frist filtern</translation>
    </message>
    <message>
        <source>ends %1 – %2</source>
        <translation>endet %1 – %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln found in %1 of %2</source>
        <translation>
            <numerusform>%Ln gefunden, %1 von %2 durchsucht</numerusform>
            <numerusform>%Ln gefunden, %1 von %2 durchsucht</numerusform>
        </translation>
    </message>
    <message>
        <source>Searching: %1</source>
        <translation>Suche: %1</translation>
    </message>
    <message>
        <source>Not finished: %1. There may be more.</source>
        <translation>Nicht abgeschlossen: %1. Es kann mehr geben.</translation>
    </message>
    <message numerus="yes">
        <source>Sorted by %3: the first %Ln of %1 looked at, of %2 in all</source>
        <translation>
            <numerusform>Nach %3 sortiert: die erste, %1 von %2 angesehen</numerusform>
            <numerusform>Nach %3 sortiert: die ersten %Ln, %1 von %2 angesehen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SessionModel</name>
    <message>
        <source>set aside</source>
        <translation>ausgesondert</translation>
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
        <translation>eigene Inaktivitätszeit</translation>
    </message>
    <message>
        <source>The hash of the session id; the id itself is known only to the visitor&apos;s browser</source>
        <translation>Der Hash der Sitzungskennung; die Kennung selbst kennt nur der Browser des Besuchers</translation>
    </message>
    <message>
        <source>Time until the earlier of the idle and the absolute deadline</source>
        <translation>Zeit bis zur früheren der beiden Fristen (Inaktivität, absolut)</translation>
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
        <translation>Erstellt</translation>
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
        <translation>Rest (Inaktivität)</translation>
    </message>
    <message>
        <source>Absolute left</source>
        <translation>Rest (absolut)</translation>
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
        <translation>Kennzeichen</translation>
    </message>
    <message>
        <source>Click to sort.</source>
        <translation>Zum Sortieren klicken.</translation>
    </message>
    <message>
        <source>The store cannot sort by this column.</source>
        <translation>Nach dieser Spalte kann der Speicher nicht sortieren.</translation>
    </message>
    <message>
        <source>Click to look for the first by this column.</source>
        <translation>Klicken, um die ersten nach dieser Spalte zu suchen.</translation>
    </message>
    <message>
        <source>The attribute %1. Click to look for the first by this column.</source>
        <translation>Das Attribut %1. Klicken, um die ersten nach dieser Spalte zu suchen.</translation>
    </message>
    <message>
        <source>What the visitor calls the device</source>
        <translation>Wie der Besucher das Gerät nennt</translation>
    </message>
    <message>
        <source>Where the visitor was seen last</source>
        <translation>Wo der Besucher zuletzt gesehen wurde</translation>
    </message>
    <message>
        <source>Browser and system, by what the browser calls itself</source>
        <translation>Browser und System, wie der Browser sich selbst nennt</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>Browser</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SessionView</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>&amp;Attribute…</source>
        <translation>&amp;Attribut…</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SnapshotActions</name>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Snapshots (*.json *.jsonl *.json.gz *.jsonl.gz)</source>
        <translation>Schnappschüsse (*.json *.jsonl *.json.gz *.jsonl.gz)</translation>
    </message>
    <message>
        <source>Open snapshot</source>
        <translation>Schnappschuss öffnen</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>%1 wird geöffnet&#xa0;…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Sessions that have ended have left the store: there is nothing to export.</source>
        <translation>Beendete Sitzungen sind nicht mehr im Speicher: Es gibt nichts zu exportieren.</translation>
    </message>
    <message>
        <source>Sessions that are set aside cannot be read, and so not be exported.</source>
        <translation>Ausgesonderte Sitzungen sind nicht lesbar und lassen sich deshalb nicht exportieren.</translation>
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
        <source>%1: %2</source>
        <translation>%1: %2</translation>
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
        <translation>Sitzungen von %1 werden exportiert&#xa0;…</translation>
    </message>
    <message>
        <source>Export to %1</source>
        <translation>Export nach %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln Sitzung</numerusform>
            <numerusform>%Ln Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>%1 wird gelesen&#xa0;…</translation>
    </message>
    <message>
        <source>Importing %1…</source>
        <translation>%1 wird importiert&#xa0;…</translation>
    </message>
    <message>
        <source>Import of %1</source>
        <translation>Import von %1</translation>
    </message>
    <message>
        <source>Import snapshot into %1</source>
        <translation>Schnappschuss in %1 importieren</translation>
    </message>
    <message numerus="yes">
        <source>, %Ln had ended meanwhile</source>
        <translation>
            <numerusform>, %Ln war inzwischen beendet</numerusform>
            <numerusform>, %Ln waren inzwischen beendet</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 exists already: nothing was written. Choose that name to replace it.</source>
        <translation>%1 gibt es schon: Es wurde nichts geschrieben. Wählen Sie diesen Namen, um die Datei zu ersetzen.</translation>
    </message>
    <message numerus="yes">
        <source>stopped after %Ln sessions</source>
        <translation>
            <numerusform>nach %Ln Sitzung angehalten</numerusform>
            <numerusform>nach %Ln Sitzungen angehalten</numerusform>
        </translation>
    </message>
    <message>
        <source>; the search was not finished, there may be more</source>
        <translation>; die Suche war nicht abgeschlossen, es kann mehr geben</translation>
    </message>
    <message>
        <source>%1 is part of an SQLite database: nothing was written. Choose another name.</source>
        <translation>%1 gehört zu einer SQLite-Datenbank: Es wurde nichts geschrieben. Wählen Sie einen anderen Namen.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StatusLine</name>
    <message>
        <source>The zone of all times that are shown</source>
        <translation>Zeitzone aller angezeigten Zeiten</translation>
    </message>
    <message>
        <source>%1: connecting…</source>
        <translation>%1: wird verbunden&#xa0;…</translation>
    </message>
    <message>
        <source>%1: not connected, trying again</source>
        <translation>%1: nicht verbunden, neuer Versuch läuft</translation>
    </message>
    <message>
        <source>%1: connected, %2 ms</source>
        <translation>%1: verbunden, %2&#xa0;ms</translation>
    </message>
    <message>
        <source>%1: connected to %3, %2 ms</source>
        <translation>%1: verbunden mit %3, %2&#xa0;ms</translation>
    </message>
    <message>
        <source>%1 events/s</source>
        <translation>%1&#xa0;Ereignisse/s</translation>
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
        <source>The time of the store, in the zone of all times that are shown.
Local: %1
UTC: %2</source>
        <translation>Die Zeit des Speichers, in der Zone aller gezeigten Zeiten.
Lokal: %1
UTC: %2</translation>
    </message>
    <message>
        <source>%1: connected to %2, trying again</source>
        <translation>%1: verbunden mit %2, neuer Versuch</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreActions</name>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln Sitzung</numerusform>
            <numerusform>%Ln Sitzungen</numerusform>
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
        <source>%Ln users</source>
        <translation>
            <numerusform>%Ln Benutzer</numerusform>
            <numerusform>%Ln Benutzern</numerusform>
        </translation>
    </message>
    <message>
        <source>Counting sessions</source>
        <translation>Sitzungen zählen</translation>
    </message>
    <message>
        <source>%1 in %2?</source>
        <comment>Delete 214 sessions of 31 users in shop?</comment>
        <translation>%2: %1?</translation>
    </message>
    <message>
        <source>Name of the store</source>
        <translation>Name des Speichers</translation>
    </message>
    <message>
        <source>Set expiry of %1</source>
        <translation>Ablauf von %1 setzen</translation>
    </message>
    <message>
        <source>Extend %1 by %2</source>
        <translation>%1 um %2 verlängern</translation>
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
        <source>Each visitor stays logged in and gets a fresh id with the next request; the old id is dead then.</source>
        <translation>Jeder Besucher bleibt angemeldet und bekommt mit der nächsten Anfrage eine neue Kennung; die alte ist dann ungültig.</translation>
    </message>
    <message>
        <source>Clear all attributes of %1</source>
        <translation>Alle Attribute von %1 leeren</translation>
    </message>
    <message>
        <source>Ids, users and deadlines stay; everything else of these sessions goes.</source>
        <translation>Kennungen, Benutzer und Fristen bleiben; alles andere dieser Sitzungen geht verloren.</translation>
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
    <message>
        <source>Rotate %1 on the next request</source>
        <translation>Kennung von %1 bei der nächsten Anfrage erneuern</translation>
    </message>
    <message>
        <source>Their deadlines move by that much; use moves them on as before.</source>
        <translation>Ihre Fristen verschieben sich um so viel; Benutzung schiebt sie weiter hinaus wie bisher.</translation>
    </message>
    <message>
        <source>This is more than %1 sessions and cannot be undone.</source>
        <translation>Das sind mehr als %1 Sitzungen; es lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>It can be undone as long as this tab is open.</source>
        <translation>Es lässt sich rückgängig machen, solange dieser Tab offen ist.</translation>
    </message>
    <message>
        <source>This is production. Type the name of the store, %1, to go on:</source>
        <translation>Dies ist ein Produktionsspeicher. Geben Sie seinen Namen, %1, ein, um fortzufahren:</translation>
    </message>
    <message>
        <source>These sessions are too large for it to be undone.</source>
        <translation>Diese Sitzungen sind zu groß, um es rückgängig zu machen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions of %1 were ended.</source>
        <translation>
            <numerusform>%Ln Sitzung von %1 wurde beendet.</numerusform>
            <numerusform>%Ln Sitzungen von %1 wurden beendet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreEditor</name>
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
    <message>
        <source>This session is there already; nothing was written.</source>
        <translation>Diese Sitzung ist schon da; es wurde nichts geschrieben.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions ended</source>
        <translation>
            <numerusform>%Ln Sitzung beendet</numerusform>
            <numerusform>%Ln Sitzungen beendet</numerusform>
        </translation>
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
        <translation>Gespeichert</translation>
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
        <source>none found</source>
        <translation>keine gefunden</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Bearbeiten&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Remove from the side bar</source>
        <translation>Aus der Seitenleiste &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Connect to one…</source>
        <translation>Verbinden&#xa0;…</translation>
    </message>
    <message>
        <source>Open or drop one…</source>
        <translation>Öffnen oder ablegen&#xa0;…</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreOpener</name>
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
        <source>demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation>Demo starten</translation>
    </message>
    <message>
        <source>The demo did not start: %1</source>
        <translation>Die Demo ist nicht gestartet: %1</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreTab</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
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
        <source>The sessions cannot be shown</source>
        <translation>Die Sitzungen lassen sich nicht zeigen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft&#xa0;…</translation>
    </message>
    <message>
        <source>Asking the store…</source>
        <translation>Der Speicher wird gefragt&#xa0;…</translation>
    </message>
    <message>
        <source>No session matches the filter</source>
        <translation>Keine Sitzung passt zum Filter</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter zurücksetzen</translation>
    </message>
    <message>
        <source>No session yet</source>
        <translation>Noch keine Sitzung</translation>
    </message>
    <message>
        <source>Sessions appear here as soon as the application makes one. Open one of its pages in a browser.</source>
        <translation>Sitzungen erscheinen hier, sobald die Anwendung eine erstellt. Öffnen Sie eine ihrer Seiten im Browser.</translation>
    </message>
    <message>
        <source>Make it read-only again</source>
        <translation>Wieder nur lesend machen</translation>
    </message>
    <message>
        <source>Make it writable…</source>
        <translation>Beschreibbar machen&#xa0;…</translation>
    </message>
    <message>
        <source>Find by cookie</source>
        <translation>Über Cookie suchen</translation>
    </message>
    <message>
        <source>Value of the session cookie.
It is hashed here, sent nowhere and not kept:</source>
        <translation>Wert des Sitzungs-Cookies.
Er wird hier gehasht, nirgends hingeschickt und nicht gespeichert:</translation>
    </message>
    <message>
        <source>This is no session cookie: its value must be 22 letters, digits, - and _.</source>
        <translation>Das ist kein Sitzungs-Cookie: Der Wert muss aus 22 Buchstaben, Ziffern, - und _ bestehen.</translation>
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
    <message numerus="yes">
        <source>, %Ln ended</source>
        <translation>
            <numerusform>, %Ln beendet</numerusform>
            <numerusform>, %Ln beendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln new outside this view (F5)</source>
        <translation>
            <numerusform>, %Ln neue außerhalb der Ansicht (F5)</numerusform>
            <numerusform>, %Ln neue außerhalb der Ansicht (F5)</numerusform>
        </translation>
    </message>
    <message>
        <source>Edit connection…</source>
        <translation>Verbindung bearbeiten&#xa0;…</translation>
    </message>
    <message>
        <source>Made writable</source>
        <translation>Beschreibbar gemacht</translation>
    </message>
    <message>
        <source>Made read-only</source>
        <translation>Schreibgeschützt</translation>
    </message>
    <message>
        <source>Make %1 writable</source>
        <translation>%1 beschreibbar machen</translation>
    </message>
    <message>
        <source>What you change takes effect for visitors at once. The store is read-only again when its tab closes.</source>
        <translation>Änderungen wirken sofort für die Besucher. Der Speicher ist wieder schreibgeschützt, wenn sein Tab geschlossen wird.</translation>
    </message>
    <message>
        <source>&amp;Make it writable</source>
        <translation>&amp;Beschreibbar machen</translation>
    </message>
    <message>
        <source>Counting sessions: %1</source>
        <translation>Sitzungen werden gezählt: %1</translation>
    </message>
    <message>
        <source>Make it writable</source>
        <translation>Beschreibbar machen</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>%1 is production. Make it writable?</source>
        <translation>%1 ist Produktion. Beschreibbar machen?</translation>
    </message>
    <message>
        <source> (search not finished)</source>
        <translation> (Suche nicht abgeschlossen)</translation>
    </message>
    <message numerus="yes">
        <source>, %Ln selected</source>
        <translation>
            <numerusform>, %Ln ausgewählt</numerusform>
            <numerusform>, %Ln ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln of them out of sight</source>
        <translation>
            <numerusform>, %Ln davon nicht zu sehen</numerusform>
            <numerusform>, %Ln davon nicht zu sehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>Nicht verbunden.</translation>
    </message>
    <message>
        <source>%1 Trying again by itself.</source>
        <translation>%1 Es wird automatisch neu versucht.</translation>
    </message>
    <message>
        <source>Production, writable.</source>
        <translation>Produktion, beschreibbar.</translation>
    </message>
    <message>
        <source>%1 can be changed.</source>
        <translation>%1 kann geändert werden.</translation>
    </message>
    <message>
        <source>This ends with the tab.</source>
        <translation>Das gilt, bis der Tab geschlossen wird.</translation>
    </message>
    <message>
        <source>Production, read-only.</source>
        <translation>Produktion, nur lesend.</translation>
    </message>
    <message>
        <source>Read-only.</source>
        <translation>Nur lesend.</translation>
    </message>
    <message>
        <source>Nothing here can be changed by accident.</source>
        <translation>Hier kann nichts aus Versehen geändert werden.</translation>
    </message>
    <message>
        <source>Nothing in it can be changed.</source>
        <translation>Nichts darin lässt sich ändern.</translation>
    </message>
    <message>
        <source>The session is in the panel. In the table the filter hides it, or it is farther down.</source>
        <translation>Die Sitzung steht im Bereich „Sitzung“. In der Tabelle blendet der Filter sie aus, oder sie steht weiter unten.</translation>
    </message>
    <message>
        <source>Nothing is known of this cookie: this store did not issue it, or so long ago that its history is gone.</source>
        <translation>Über dieses Cookie ist nichts bekannt: Dieser Speicher hat es nicht ausgestellt, oder vor so langer Zeit, dass sein Verlauf gelöscht ist.</translation>
    </message>
    <message>
        <source>No living session has this cookie. The time line says how it ended.</source>
        <translation>Keine lebende Sitzung hat dieses Cookie. Wie sie endete, sagt die Zeitleiste.</translation>
    </message>
    <message>
        <source>Show an attribute as column</source>
        <translation>Ein Attribut als Spalte zeigen</translation>
    </message>
    <message>
        <source>Name of the attribute, as in role or cart.total:</source>
        <translation>Name des Attributs, wie in role oder cart.total:</translation>
    </message>
    <message>
        <source>Connected again.</source>
        <translation>Wieder verbunden.</translation>
    </message>
    <message>
        <source>Another store may answer at this address now: what was done before can no longer be undone.</source>
        <translation>Unter dieser Adresse antwortet jetzt womöglich ein anderer Speicher: Was vorher getan wurde, kann nicht mehr rückgängig gemacht werden.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreTabs</name>
    <message>
        <source>Open stores</source>
        <translation>Offene Speicher</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>name of a store, then its environment</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::TimeLine</name>
    <message>
        <source>Time line</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>Came into this store</source>
        <translation>Kam in diesen Speicher</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Nothing is known of this session.</source>
        <translation>Von dieser Sitzung ist nichts bekannt.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::TimesPage</name>
    <message>
        <source>Created:</source>
        <translation>Erstellt:</translation>
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
        <source>Visit:</source>
        <translation>Besuch:</translation>
    </message>
    <message>
        <source>Set e&amp;xpiry…</source>
        <translation>Ablau&amp;f setzen&#xa0;…</translation>
    </message>
    <message>
        <source>Expire &amp;now</source>
        <translation>&amp;Jetzt ablaufen lassen</translation>
    </message>
    <message>
        <source>realm %1</source>
        <translation>Bereich %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>due on the visitor&apos;s next request</source>
        <translation>bei der nächsten Anfrage des Besuchers</translation>
    </message>
    <message>
        <source>not asked for</source>
        <translation>nicht verlangt</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::UnfinishedWork</name>
    <message>
        <source>%1: %2 %</source>
        <translation>%1: %2 %</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %2 von %3</translation>
    </message>
    <message>
        <source>What was typed in %1 has not been saved.</source>
        <translation>Was in %1 eingegeben wurde, ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>Work is under way</source>
        <translation>Arbeit ist im Gange</translation>
    </message>
    <message>
        <source>What has been done stays done, but cannot be taken back any more.</source>
        <translation>Was getan ist, bleibt getan, lässt sich dann aber nicht mehr zurücknehmen.</translation>
    </message>
    <message>
        <source>&amp;Stop and close</source>
        <translation>An&amp;halten und schließen</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Weitermachen</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::UserPage</name>
    <message>
        <source>Sessions of %1 – %2</source>
        <comment>a user, then the name of the store</comment>
        <translation>Sitzungen von %1 – %2</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>○ created   ● logged in   ◆ fresh id   ✕ ended   | last seen</source>
        <translation>○ angelegt   ● angemeldet   ◆ neue Kennung   ✕ beendet   | zuletzt gesehen</translation>
    </message>
    <message>
        <source>&amp;Show session</source>
        <translation>Sitzung &amp;zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln living sessions</source>
        <translation>
            <numerusform>%Ln lebende Sitzung</numerusform>
            <numerusform>%Ln lebende Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln that have ended</source>
        <translation>
            <numerusform>%Ln beendete</numerusform>
            <numerusform>%Ln beendete</numerusform>
        </translation>
    </message>
    <message>
        <source>Shown are the %1 that were seen last.</source>
        <translation>Gezeigt werden die %1 zuletzt gesehenen.</translation>
    </message>
    <message>
        <source>Shown are the last %1 events.</source>
        <translation>Gezeigt werden die letzten %1 Ereignisse.</translation>
    </message>
    <message>
        <source>Nothing is known of this user.</source>
        <translation>Über diesen Benutzer ist nichts bekannt.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ValueDialog</name>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>This value is written as JSON: text in quotes, with escapes.</source>
        <translation>Dieser Wert wird als JSON geschrieben: Text in Anführungszeichen, mit Escapes.</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Writes this value (%1)</source>
        <translation>Schreibt diesen Wert (%1)</translation>
    </message>
    <message>
        <source>What you typed is not saved. Save it, or cancel once more to drop it.</source>
        <translation>Was Sie eingegeben haben, ist nicht gespeichert. Speichern Sie es, oder brechen Sie noch einmal ab, um es zu verwerfen.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::WatchPage</name>
    <message>
        <source>Requests and changes</source>
        <translation>Anfragen und Änderungen</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
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
        <source>C&amp;lear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>Watching since %1. Requests and changes appear as they happen.</source>
        <translation>Beobachtet seit %1. Anfragen und Änderungen erscheinen, sobald sie geschehen.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
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
        <translation>Dem&amp;o ausprobieren</translation>
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
        <translation>Einen Schnapps&amp;chuss öffnen</translation>
    </message>
    <message>
        <source>A file that was exported before; dropping it on the window does the same.</source>
        <translation>Eine früher exportierte Datei; auf das Fenster ziehen geht auch.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::WindowActions</name>
    <message>
        <source>&amp;Connect…</source>
        <translation>&amp;Verbinden&#xa0;…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>&amp;Open snapshot…</source>
        <translation>Schnappschuss ö&amp;ffnen&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Export what is shown…</source>
        <translation>Angezeigte &amp;exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export &amp;selected…</source>
        <translation>&amp;Ausgewählte exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Import snapshot…</source>
        <translation>Schnappschuss &amp;importieren&#xa0;…</translation>
    </message>
    <message>
        <source>Save activity &amp;log…</source>
        <translation>&amp;Protokoll speichern&#xa0;…</translation>
    </message>
    <message>
        <source>Close &amp;tab</source>
        <translation>&amp;Tab schließen</translation>
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
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
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
        <translation>Über &amp;Cookie suchen&#xa0;…</translation>
    </message>
    <message>
        <source>Find by cookie</source>
        <translation>Über Cookie suchen</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>A&amp;ktualisieren</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>&amp;Next tab</source>
        <translation>&amp;Nächster Tab</translation>
    </message>
    <message>
        <source>&amp;Previous tab</source>
        <translation>&amp;Voriger Tab</translation>
    </message>
    <message>
        <source>Move tab &amp;back to the first window</source>
        <translation>Tab ins erste Fenster &amp;zurückholen</translation>
    </message>
    <message>
        <source>Move tab to a new &amp;window</source>
        <translation>Tab in ein neues &amp;Fenster</translation>
    </message>
    <message>
        <source>&amp;Edit attributes</source>
        <translation>Attribute &amp;bearbeiten</translation>
    </message>
    <message>
        <source>Set e&amp;xpiry…</source>
        <translation>Ablau&amp;f setzen&#xa0;…</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>Extend by an &amp;hour</source>
        <translation>Um eine &amp;Stunde verlängern</translation>
    </message>
    <message>
        <source>Extend by a da&amp;y</source>
        <translation>Um einen &amp;Tag verlängern</translation>
    </message>
    <message>
        <source>Expire &amp;now</source>
        <translation>&amp;Jetzt ablaufen lassen</translation>
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
        <source>C&amp;lear attributes</source>
        <translation>Attribute lee&amp;ren</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Revoke &amp;all of the user</source>
        <translation>Alle Sitzungen des Benutzers &amp;widerrufen</translation>
    </message>
    <message>
        <source>Show only this &amp;user</source>
        <translation>Nur diesen Ben&amp;utzer zeigen</translation>
    </message>
    <message>
        <source>Time li&amp;ne of the user</source>
        <translation>Zeitl&amp;inie des Benutzers</translation>
    </message>
    <message>
        <source>&amp;Pin this session</source>
        <translation>Diese Sitzung an&amp;heften</translation>
    </message>
    <message>
        <source>&amp;Watch this session</source>
        <translation>Diese Sitzung &amp;beobachten</translation>
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
        <source>Cop&amp;y key</source>
        <translation>Schlüssel &amp;kopieren</translation>
    </message>
    <message>
        <source>Expire &amp;now…</source>
        <translation>&amp;Jetzt ablaufen lassen&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Rotate on next request…</source>
        <translation>Bei nächster Anfrage &amp;erneuern&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Writable</source>
        <translation>&amp;Beschreibbar</translation>
    </message>
    <message>
        <source>Compare &amp;stores and snapshots…</source>
        <translation>&amp;Speicher und Schnappschüsse vergleichen&#xa0;…</translation>
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
        <source>The visitors stay logged in and get a fresh id with their next request</source>
        <translation>Die Besucher bleiben angemeldet und bekommen mit der nächsten Anfrage eine neue Kennung</translation>
    </message>
    <message>
        <source>E&amp;xpiry</source>
        <translation>Abl&amp;auf</translation>
    </message>
    <message>
        <source>All that the filter sh&amp;ows</source>
        <translation>Alle &amp;gefilterten</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>Spal&amp;ten</translation>
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
        <source>S&amp;tore</source>
        <translation>S&amp;peicher</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Compare with %1, seen before</source>
        <translation>Mit der zuvor gesehenen %1 &amp;vergleichen</translation>
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
        <source>Export what is shown</source>
        <translation>Angezeigte Sitzungen exportieren</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::WindowPanels</name>
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
        <source>S&amp;tores</source>
        <translation>S&amp;peicher</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sitzung</translation>
    </message>
    <message>
        <source>&amp;At a glance</source>
        <translation>&amp;Auf einen Blick</translation>
    </message>
    <message>
        <source>Acti&amp;vity</source>
        <translation>P&amp;rotokoll</translation>
    </message>
    <message>
        <source>Pinned session</source>
        <translation>Angeheftete Sitzung</translation>
    </message>
</context>
</TS>
