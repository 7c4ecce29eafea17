<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>Arguments</name>
    <message>
        <source>There is no option %1.</source>
        <translation>Il n’y a pas d’option %1.</translation>
    </message>
    <message>
        <source>--%1 takes no value.</source>
        <translation>--%1 ne prend pas de valeur.</translation>
    </message>
    <message>
        <source>--%1 needs a value: --%1 %2.</source>
        <translation>--%1 exige une valeur&#xa0;: --%1 %2.</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>Vouliez-vous dire %1&#xa0;?</translation>
    </message>
    <message>
        <source>Default: %1.</source>
        <translation>Par défaut&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Usage: %1</source>
        <translation>Utilisation&#xa0;: %1</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>Options&#xa0;:</translation>
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
        <translation>%1, différent</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>Development</source>
        <translation>Développement</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Préproduction</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Production</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <comment>seconds</comment>
        <translation>il y a %1&#xa0;s</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <comment>minutes</comment>
        <translation>il y a %1&#xa0;min</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>terminée</translation>
    </message>
    <message>
        <source>%1 d %2</source>
        <comment>days, then hours:minutes:seconds</comment>
        <translation>%1&#xa0;j %2</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1&#xa0;j</translation>
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
        <translation>Créée</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifiée</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Utilisée</translation>
    </message>
    <message>
        <source>Fresh id: key %1 became %2</source>
        <translation>Nouvel identifiant&#xa0;: la clé %1 est devenue %2</translation>
    </message>
    <message>
        <source>Fresh id</source>
        <translation>Nouvel identifiant</translation>
    </message>
    <message>
        <source>Destroyed by the application (logged out)</source>
        <translation>Détruite par l’application (déconnexion)</translation>
    </message>
    <message>
        <source>Expired: no request for the whole idle time</source>
        <translation>Expirée&#xa0;: aucune requête pendant tout le délai d’inactivité</translation>
    </message>
    <message>
        <source>Expired: reached the absolute end of its life</source>
        <translation>Expirée&#xa0;: fin absolue de sa durée de vie atteinte</translation>
    </message>
    <message>
        <source>Expired: its fixed deadline passed</source>
        <translation>Expirée&#xa0;: son échéance fixe est passée</translation>
    </message>
    <message>
        <source>Evicted: the user had too many sessions</source>
        <translation>Évincée&#xa0;: l’utilisateur avait trop de sessions</translation>
    </message>
    <message>
        <source>Revoked: the user logged out everywhere</source>
        <translation>Révoquée&#xa0;: l’utilisateur s’est déconnecté partout</translation>
    </message>
    <message>
        <source>Revoked by an administrator</source>
        <translation>Révoquée par un administrateur</translation>
    </message>
    <message>
        <source>Set aside: the record could not be decoded</source>
        <translation>Mise de côté&#xa0;: l’enregistrement est illisible</translation>
    </message>
    <message>
        <source>rotated</source>
        <translation>renouvelée</translation>
    </message>
    <message>
        <source>destroyed</source>
        <translation>détruite</translation>
    </message>
    <message>
        <source>expired (idle)</source>
        <translation>expirée (inactivité)</translation>
    </message>
    <message>
        <source>expired (absolute)</source>
        <translation>expirée (absolue)</translation>
    </message>
    <message>
        <source>expired (deadline)</source>
        <translation>expirée (échéance)</translation>
    </message>
    <message>
        <source>evicted (too many)</source>
        <translation>évincée (quota)</translation>
    </message>
    <message>
        <source>revoked (by user)</source>
        <translation>révoquée (utilisateur)</translation>
    </message>
    <message>
        <source>revoked (admin)</source>
        <translation>révoquée (admin)</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>mise de côté</translation>
    </message>
    <message>
        <source>as the application decides</source>
        <translation>selon l’application</translation>
    </message>
    <message>
        <source>after %1 without a request</source>
        <translation>après %1 sans requête</translation>
    </message>
    <message>
        <source>when the browser closes</source>
        <translation>à la fermeture du navigateur</translation>
    </message>
    <message>
        <source>at %1, whatever happens</source>
        <translation>le %1, quoi qu’il arrive</translation>
    </message>
    <message numerus="yes">
        <source>{%Ln names}</source>
        <translation>
            <numerusform>{%Ln champ}</numerusform>
            <numerusform>{%Ln champs}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>[%Ln items]</source>
        <translation>
            <numerusform>[%Ln élément]</numerusform>
            <numerusform>[%Ln éléments]</numerusform>
        </translation>
    </message>
    <message>
        <source>Brought into this store by %1</source>
        <comment>an administrator</comment>
        <translation>Apportée dans ce stockage par %1</translation>
    </message>
    <message>
        <source>Revoked by %1</source>
        <comment>an administrator</comment>
        <translation>Révoquée par %1</translation>
    </message>
    <message>
        <source>Brought back by %1</source>
        <comment>an administrator</comment>
        <translation>Rétablie par %1</translation>
    </message>
    <message>
        <source>Changed by %1</source>
        <comment>an administrator</comment>
        <translation>Modifiée par %1</translation>
    </message>
    <message>
        <source>Fresh id, by %1</source>
        <comment>an administrator</comment>
        <translation>Nouvel identifiant, par %1</translation>
    </message>
    <message>
        <source>Ended by %1, who set its deadline</source>
        <comment>an administrator</comment>
        <translation>Terminée par %1, qui a fixé son échéance</translation>
    </message>
</context>
<context>
    <name>HiddenValues</name>
    <message numerus="yes">
        <source>(%Ln characters: edit them in the list)</source>
        <translation>
            <numerusform>(%Ln caractère&#xa0;: à modifier dans la liste)</numerusform>
            <numerusform>(%Ln caractères&#xa0;: à modifier dans la liste)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Error</name>
    <message>
        <source>the gzip file is cut off</source>
        <translation>le fichier gzip est tronqué</translation>
    </message>
    <message>
        <source>the gzip data is damaged</source>
        <translation>les données gzip sont endommagées</translation>
    </message>
    <message>
        <source>zlib cannot start, probably for lack of memory. Use a plain file.</source>
        <translation>zlib ne démarre pas, sans doute faute de mémoire. Utilisez un fichier non compressé.</translation>
    </message>
    <message>
        <source>This build of Sojourn has no zlib and cannot read or write .gz files. Use a plain file.</source>
        <translation>Cette version de Sojourn n’a pas zlib et ne peut ni lire ni écrire les fichiers .gz. Utilisez un fichier non compressé.</translation>
    </message>
    <message>
        <source>There is no living session with this key.</source>
        <translation>Il n’y a pas de session vivante avec cette clé.</translation>
    </message>
    <message>
        <source>There is a session with this key already. Choose another key.</source>
        <translation>Il y a déjà une session avec cette clé. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>This user has as many sessions as allowed (%1). End one of them first.</source>
        <translation>Cet utilisateur a autant de sessions que permis (%1). Terminez-en d’abord une.</translation>
    </message>
    <message>
        <source>The session would take %1 bytes, and the limit is %2. Store less in it, or raise the limit.</source>
        <translation>La session prendrait %1 octets, la limite est de %2. Stockez-y moins, ou augmentez la limite.</translation>
    </message>
    <message>
        <source>The session has expired already. Give it a deadline in the future.</source>
        <translation>La session a déjà expiré. Donnez-lui une échéance future.</translation>
    </message>
    <message>
        <source>Give the name of a user.</source>
        <translation>Indiquez le nom d’un utilisateur.</translation>
    </message>
    <message>
        <source>The store is open for reading only. Open it for writing to change sessions.</source>
        <translation>Le stockage est ouvert en lecture seule. Ouvrez-le en écriture pour modifier des sessions.</translation>
    </message>
    <message>
        <source>Attribute &quot;%1&quot; is no number and cannot be incremented. Set it to a number first.</source>
        <translation>L’attribut «&#xa0;%1&#xa0;» n’est pas un nombre et ne peut être incrémenté. Donnez-lui d’abord un nombre.</translation>
    </message>
    <message>
        <source>The session has changed meanwhile: it is at version %1, not %2. Read it again.</source>
        <translation>La session a changé entre-temps&#xa0;: elle en est à la version %1, pas %2. Relisez-la.</translation>
    </message>
    <message>
        <source>must be a time like 2026-11-22T07:12:00.000Z</source>
        <translation>doit être une date comme 2026-11-22T07:12:00.000Z</translation>
    </message>
    <message>
        <source>must be a session key, 43 characters of base64url</source>
        <translation>doit être une clé de session, 43 caractères en base64url</translation>
    </message>
    <message>
        <source>must be text that is not empty, or null</source>
        <translation>doit être un texte non vide, ou null</translation>
    </message>
    <message>
        <source>must be a whole number from 1</source>
        <translation>doit être un entier à partir de 1</translation>
    </message>
    <message>
        <source>must be {&quot;idle&quot;: seconds}, {&quot;at&quot;: time}, {&quot;sessionEnd&quot;: true} or null</source>
        <translation>doit être {&quot;idle&quot;: secondes}, {&quot;at&quot;: date}, {&quot;sessionEnd&quot;: true} ou null</translation>
    </message>
    <message>
        <source>must be an object</source>
        <translation>doit être un objet</translation>
    </message>
    <message>
        <source>The session store did not answer in time. Check that it runs and is not overloaded.</source>
        <translation>Le stockage de sessions n’a pas répondu à temps. Vérifiez qu’il tourne et n’est pas surchargé.</translation>
    </message>
    <message>
        <source>The cursor does not belong to this query. Start again without one.</source>
        <translation>Le curseur n’appartient pas à cette requête. Recommencez sans curseur.</translation>
    </message>
    <message>
        <source>%1 is a folder and cannot be replaced by a snapshot. Choose another name.</source>
        <translation>%1 est un dossier et ne peut être remplacé par un instantané. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>Cannot write the snapshot %1: %2.</source>
        <translation>Impossible d’écrire l’instantané %1&#xa0;: %2.</translation>
    </message>
    <message>
        <source>A session is in the snapshot twice: the one whose key begins with %1. Nothing was imported.</source>
        <translation>Une session figure deux fois dans l’instantané&#xa0;: celle dont la clé commence par %1. Rien n’a été importé.</translation>
    </message>
    <message>
        <source>Session %1 takes %2 bytes, and the limit of the store is %3. Nothing was imported.</source>
        <translation>La session %1 prend %2 octets, la limite du stockage est de %3. Rien n’a été importé.</translation>
    </message>
    <message>
        <source>Session %1 was created meanwhile.</source>
        <translation>La session %1 a été créée entre-temps.</translation>
    </message>
    <message>
        <source>%1 sessions of the file are in the store already. Nothing was imported: choose whether to skip or to overwrite them.</source>
        <translation>%1 sessions du fichier sont déjà dans le stockage. Rien n’a été importé&#xa0;: choisissez de les ignorer ou de les remplacer.</translation>
    </message>
    <message>
        <source>%1 is no regular file. Save the snapshot to a file first: it is read twice.</source>
        <translation>%1 n’est pas un fichier ordinaire. Enregistrez d’abord l’instantané dans un fichier&#xa0;: il est lu deux fois.</translation>
    </message>
    <message>
        <source>Cannot read the snapshot %1: %2.</source>
        <translation>Impossible de lire l’instantané %1&#xa0;: %2.</translation>
    </message>
    <message>
        <source>it does not begin with {</source>
        <translation>il ne commence pas par {</translation>
    </message>
    <message>
        <source>a comma or ] must stand before it</source>
        <translation>une virgule ou ] doit précéder</translation>
    </message>
    <message>
        <source>%1 follows the end</source>
        <translation>%1 suit la fin</translation>
    </message>
    <message>
        <source>it is longer than %1 bytes</source>
        <translation>cela dépasse %1 octets</translation>
    </message>
    <message>
        <source>the file ends within it</source>
        <translation>le fichier s’arrête au milieu</translation>
    </message>
    <message>
        <source>a comma or } must follow</source>
        <translation>une virgule ou } doit suivre</translation>
    </message>
    <message>
        <source>a name in quotes must follow</source>
        <translation>un nom entre guillemets doit suivre</translation>
    </message>
    <message>
        <source>%1 does not belong there</source>
        <translation>%1 n’a rien à faire là</translation>
    </message>
    <message>
        <source>%1 stands there twice</source>
        <translation>%1 y figure deux fois</translation>
    </message>
    <message>
        <source>a colon is missing after %1</source>
        <translation>il manque un deux-points après %1</translation>
    </message>
    <message>
        <source>&quot;sessions&quot; must be an array</source>
        <translation>&quot;sessions&quot; doit être une liste</translation>
    </message>
    <message>
        <source>&quot;format&quot; must be &quot;sojourn-snapshot&quot;</source>
        <translation>&quot;format&quot; doit être &quot;sojourn-snapshot&quot;</translation>
    </message>
    <message>
        <source>&quot;version&quot; must be %1, the only one that this program reads</source>
        <translation>&quot;version&quot; doit être %1, la seule que lit ce programme</translation>
    </message>
    <message>
        <source>&quot;exportedAt&quot; must be a time like 2026-11-22T07:12:00.000Z</source>
        <translation>&quot;exportedAt&quot; doit être une date comme 2026-11-22T07:12:00.000Z</translation>
    </message>
    <message>
        <source>&quot;store&quot; must be text</source>
        <translation>&quot;store&quot; doit être un texte</translation>
    </message>
    <message>
        <source>&quot;format&quot;, &quot;version&quot;, &quot;exportedAt&quot; and &quot;store&quot; must all be there</source>
        <translation>&quot;format&quot;, &quot;version&quot;, &quot;exportedAt&quot; et &quot;store&quot; doivent tous être présents</translation>
    </message>
    <message>
        <source>The snapshot cannot be read to its end: %1.</source>
        <translation>L’instantané ne peut être lu jusqu’au bout&#xa0;: %1.</translation>
    </message>
    <message>
        <source>This is no snapshot of sessions: %1.</source>
        <translation>Ce n’est pas un instantané de sessions&#xa0;: %1.</translation>
    </message>
    <message>
        <source>The snapshot has a fault at %1: %2.</source>
        <translation>L’instantané a un défaut à %1&#xa0;: %2.</translation>
    </message>
    <message>
        <source>Session %1 is in the snapshot twice.</source>
        <translation>La session %1 figure deux fois dans l’instantané.</translation>
    </message>
    <message>
        <source>Opening the snapshot was stopped.</source>
        <translation>L’ouverture de l’instantané a été arrêtée.</translation>
    </message>
    <message>
        <source>The snapshot cannot be written: %1.</source>
        <translation>L’instantané ne peut être écrit&#xa0;: %1.</translation>
    </message>
    <message>
        <source>The application had no time for this before it was given up. Nothing was done.</source>
        <translation>L’application n’en a pas eu le temps avant l’abandon. Rien n’a été fait.</translation>
    </message>
    <message>
        <source>The application has as many live connections as it allows. Close one of them.</source>
        <translation>L’application a autant de connexions directes qu’elle en permet. Fermez-en une.</translation>
    </message>
    <message>
        <source>A change through a live connection may have %1 attributes. Make several changes of it.</source>
        <translation>Une modification par connexion directe peut avoir %1 attributs. Faites-en plusieurs.</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; closed the connection. Whether a change that was under way happened is not known.</source>
        <translation>L’application «&#xa0;%1&#xa0;» a fermé la connexion. On ne sait pas si une modification en cours a eu lieu.</translation>
    </message>
    <message>
        <source>No application is live as &quot;%1&quot;. Start it, or check the name.</source>
        <translation>Aucune application ne tourne sous le nom «&#xa0;%1&#xa0;». Démarrez-la, ou vérifiez le nom.</translation>
    </message>
    <message>
        <source>The connection to &quot;%1&quot; was closed here before the answer came.</source>
        <translation>La connexion à «&#xa0;%1&#xa0;» a été fermée ici avant la réponse.</translation>
    </message>
    <message>
        <source>The application answered what makes no sense.</source>
        <translation>L’application a donné une réponse qui n’a pas de sens.</translation>
    </message>
    <message>
        <source>This is more than the application &quot;%1&quot; takes at a time. Change less at once.</source>
        <translation>C’est plus que ce que l’application «&#xa0;%1&#xa0;» accepte en une fois. Modifiez moins à la fois.</translation>
    </message>
    <message>
        <source>What listens as live &quot;%1&quot; does not speak Sojourn&apos;s language.</source>
        <translation>Ce qui écoute sous le nom «&#xa0;%1&#xa0;» ne parle pas le langage de Sojourn.</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; speaks version %2 of the live protocol, and this program version %3. Use the same release of Sojourn on both ends.</source>
        <translation>L’application «&#xa0;%1&#xa0;» parle la version %2 du protocole direct, ce programme la version %3. Utilisez la même version de Sojourn des deux côtés.</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; runs as another user. Run this program as that user.</source>
        <translation>L’application «&#xa0;%1&#xa0;» tourne sous un autre utilisateur. Lancez ce programme sous celui-ci.</translation>
    </message>
    <message>
        <source>The application &quot;%1&quot; did not answer in time. Check that it runs and is not overloaded.</source>
        <translation>L’application «&#xa0;%1&#xa0;» n’a pas répondu à temps. Vérifiez qu’elle tourne et n’est pas surchargée.</translation>
    </message>
    <message>
        <source>The name of a live application is empty, too long or has characters that do not fit; use 1 to %1 of A-Z a-z 0-9 . _ -</source>
        <translation>Le nom d’une application active est vide, trop long ou a des caractères inadmissibles&#x202f;; utilisez 1 à %1 caractères parmi A-Z a-z 0-9 . _ -</translation>
    </message>
    <message>
        <source>The session store was closed.</source>
        <translation>Le stockage de sessions a été fermé.</translation>
    </message>
    <message>
        <source>The host name of Redis at %1 is not known: %2. Check the store&apos;s address.</source>
        <translation>Le nom d’hôte de Redis sur %1 est inconnu&#xa0;: %2. Vérifiez l’adresse du stockage.</translation>
    </message>
    <message>
        <source>Redis at %1 has no database %2: %3.</source>
        <translation>Redis sur %1 n’a pas de base %2&#xa0;: %3.</translation>
    </message>
    <message>
        <source>Redis at %1 wants a password, and none was given.</source>
        <translation>Redis sur %1 demande un mot de passe, et aucun n’a été donné.</translation>
    </message>
    <message>
        <source>Redis at %1 is not ready: %2.</source>
        <translation>Redis sur %1 n’est pas prêt&#xa0;: %2.</translation>
    </message>
    <message>
        <source>Redis at %1 does not tell its time: %2.</source>
        <translation>Redis sur %1 ne donne pas son heure&#xa0;: %2.</translation>
    </message>
    <message>
        <source>The connection to Redis at %1 was lost: %2.</source>
        <translation>La connexion à Redis sur %1 est perdue&#xa0;: %2.</translation>
    </message>
    <message>
        <source>Redis at %1 sent what is no reply (%2). Check that it is Redis that listens there.</source>
        <translation>Redis sur %1 a envoyé ce qui n’est pas une réponse (%2). Vérifiez qu’un Redis écoute bien là.</translation>
    </message>
    <message>
        <source>Redis at %1 is a replica. Use the address of its master.</source>
        <translation>Redis sur %1 est un réplica. Utilisez l’adresse de son maître.</translation>
    </message>
    <message>
        <source>Redis at %1 cannot be reached: %2. Check that it runs and that the store&apos;s address is right.</source>
        <translation>Redis sur %1 est injoignable&#xa0;: %2. Vérifiez qu’il tourne et que l’adresse du stockage est juste.</translation>
    </message>
    <message>
        <source>This Redis server is a replica and takes no changes. Use the address of its master.</source>
        <translation>Ce serveur Redis est un réplica et n’accepte pas de modification. Utilisez l’adresse de son maître.</translation>
    </message>
    <message>
        <source>Redis cannot do that: %1.</source>
        <translation>Redis ne peut pas faire cela&#xa0;: %1.</translation>
    </message>
    <message>
        <source>There is a session with this key already.</source>
        <translation>Il y a déjà une session avec cette clé.</translation>
    </message>
    <message>
        <source>This is no cursor of a page before. Begin at the first page.</source>
        <translation>Ce n’est pas le curseur d’une page précédente. Commencez à la première page.</translation>
    </message>
    <message>
        <source>A script answered what it should not.</source>
        <translation>Un script a donné une réponse inattendue.</translation>
    </message>
    <message>
        <source>The session has expired already.</source>
        <translation>La session a déjà expiré.</translation>
    </message>
    <message>
        <source>Redis does not tell which events were missed.</source>
        <translation>Redis ne dit pas quels événements ont été manqués.</translation>
    </message>
    <message>
        <source>This build cannot reach Redis over TLS: it needs hiredis 1.0 with hiredis_ssl. Build it with these, or use a connection without TLS where nobody can listen.</source>
        <translation>Cette version ne peut joindre Redis par TLS&#xa0;: il lui faut hiredis 1.0 avec hiredis_ssl. Compilez-la avec, ou utilisez une connexion sans TLS là où personne ne peut écouter.</translation>
    </message>
    <message>
        <source>TLS is not available.</source>
        <translation>TLS n’est pas disponible.</translation>
    </message>
    <message>
        <source>the certificates in &quot;%1&quot; cannot be read</source>
        <translation>les certificats de «&#xa0;%1&#xa0;» sont illisibles</translation>
    </message>
    <message>
        <source>TLS does not take this host name</source>
        <translation>TLS n’accepte pas ce nom d’hôte</translation>
    </message>
    <message>
        <source>The connection to Redis at %1 was lost before it answered: %2. If it wants TLS, use a rediss URL.</source>
        <translation>La connexion à Redis sur %1 a été perdue avant sa réponse&#xa0;: %2. S’il exige TLS, utilisez une URL rediss.</translation>
    </message>
    <message>
        <source>Redis at %1 did not answer over TLS in time. Check that it listens with TLS there and is not overloaded.</source>
        <translation>Redis sur %1 n’a pas répondu à temps par TLS. Vérifiez qu’il y écoute avec TLS et qu’il n’est pas surchargé.</translation>
    </message>
    <message>
        <source>The certificate of the server at %1 is for other addresses. Use an address that it is for, or have one issued that is for this one too.</source>
        <translation>Le certificat du serveur sur %1 est pour d’autres adresses. Utilisez une adresse pour laquelle il est valable, ou faites-en établir un qui vaut aussi pour celle-ci.</translation>
    </message>
    <message>
        <source>The certificate of the server at %1 has run out, or is not valid yet. Renew it, or set this machine&apos;s clock right.</source>
        <translation>Le certificat du serveur sur %1 a expiré ou n’est pas encore valable. Renouvelez-le, ou réglez l’horloge de cette machine.</translation>
    </message>
    <message>
        <source>The certificate of the server at %1 is not accepted (%2). Have this machine trust the authority that issued it; SSL_CERT_FILE may name a file with its certificate.</source>
        <translation>Le certificat du serveur sur %1 n’est pas accepté (%2). Faites en sorte que cette machine fasse confiance à l’autorité qui l’a établi&#xa0;; SSL_CERT_FILE peut nommer un fichier avec le certificat de celle-ci.</translation>
    </message>
    <message>
        <source>%1 is locked by another program. Try again when that has finished.</source>
        <translation>%1 est verrouillé par un autre programme. Réessayez quand celui-ci aura fini.</translation>
    </message>
    <message>
        <source>%1 is write-protected. Make the file and its folder writable for this user.</source>
        <translation>%1 est protégé en écriture. Rendez le fichier et son dossier accessibles en écriture à cet utilisateur.</translation>
    </message>
    <message>
        <source>The disk of %1 is full. Free some space on it.</source>
        <translation>Le disque de %1 est plein. Libérez-y de la place.</translation>
    </message>
    <message>
        <source>%1 cannot be opened. Check that it is a file, and that this user may read and write it and its folder.</source>
        <translation>%1 ne peut être ouvert. Vérifiez que c’est un fichier et que cet utilisateur peut le lire et l’écrire, ainsi que son dossier.</translation>
    </message>
    <message>
        <source>%1 cannot be read or written: %2. Check its disk.</source>
        <translation>%1 ne peut être lu ou écrit&#xa0;: %2. Vérifiez son disque.</translation>
    </message>
    <message>
        <source>%1 is no SQLite database. Choose another file for the sessions.</source>
        <translation>%1 n’est pas une base SQLite. Choisissez un autre fichier pour les sessions.</translation>
    </message>
    <message>
        <source>%1 is damaged. Restore it from a backup, or repair it with sqlite3&apos;s .recover.</source>
        <translation>%1 est endommagé. Restaurez-le depuis une sauvegarde, ou réparez-le avec .recover de sqlite3.</translation>
    </message>
    <message>
        <source>%1 does not work: %2.</source>
        <translation>%1 ne fonctionne pas&#xa0;: %2.</translation>
    </message>
    <message>
        <source>Qt&apos;s driver for SQLite is missing. On Debian and Ubuntu: apt install libqt6sql6-sqlite</source>
        <translation>Le pilote SQLite de Qt manque. Sous Debian et Ubuntu&#xa0;: apt install libqt6sql6-sqlite</translation>
    </message>
    <message>
        <source>There is no file %1. Check the path.</source>
        <translation>Il n’y a pas de fichier %1. Vérifiez le chemin.</translation>
    </message>
    <message>
        <source>%1 cannot be made: %2. Check that its folder exists and that this user may write there.</source>
        <translation>%1 ne peut être créé&#xa0;: %2. Vérifiez que son dossier existe et que cet utilisateur peut y écrire.</translation>
    </message>
    <message>
        <source>%1 is a database of another program. Choose another file for the sessions.</source>
        <translation>%1 est la base d’un autre programme. Choisissez un autre fichier pour les sessions.</translation>
    </message>
    <message>
        <source>%1 was written by a newer version of Sojourn (format %2, known here: up to %3). Update this program.</source>
        <translation>%1 a été écrit par une version plus récente de Sojourn (format %2, connu ici&#xa0;: jusqu’à %3). Mettez ce programme à jour.</translation>
    </message>
    <message>
        <source>This is no cursor of a list in this order. Start again without one.</source>
        <translation>Ce n’est pas le curseur d’une liste dans cet ordre. Recommencez sans curseur.</translation>
    </message>
    <message>
        <source>The session store is being closed.</source>
        <translation>Le stockage de sessions est en cours de fermeture.</translation>
    </message>
    <message>
        <source>The session database %1 did not answer in time. Check its disk, and that no program locks it.</source>
        <translation>La base de sessions %1 n’a pas répondu à temps. Vérifiez son disque, et qu’aucun programme ne la verrouille.</translation>
    </message>
    <message>
        <source>%1 is too busy. Try again later.</source>
        <translation>%1 est trop occupé. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>There is a session with this key already. Take a fresh id.</source>
        <translation>Il y a déjà une session avec cette clé. Prenez un nouvel identifiant.</translation>
    </message>
    <message>
        <source>An attribute of the session is no JSON. Set it to a JSON value.</source>
        <translation>Un attribut de la session n’est pas du JSON. Donnez-lui une valeur JSON.</translation>
    </message>
    <message>
        <source>The session has expired already. Give it a deadline that lies ahead.</source>
        <translation>La session a déjà expiré. Donnez-lui une échéance à venir.</translation>
    </message>
    <message>
        <source>The %1 in the store URL has a % that two hexadecimal digits do not follow; write %25 for the sign itself.</source>
        <translation>Dans l’URL du stockage (%1), un % n’est pas suivi de deux chiffres hexadécimaux&#x202f;; écrivez %25 pour le signe lui-même.</translation>
    </message>
    <message>
        <source>The path in the store URL is empty; write sqlite: and the path of the database file behind it.</source>
        <translation>Le chemin dans l’URL du stockage est vide&#x202f;; écrivez sqlite: suivi du chemin du fichier de base.</translation>
    </message>
    <message>
        <source>The path in the store URL does not name a file; sessions in memory have the store URL memory:.</source>
        <translation>Le chemin dans l’URL du stockage ne désigne pas un fichier&#x202f;; les sessions en mémoire ont l’URL memory:.</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; sqlite: knows ?synchronous=full only (write %3F for a ? in a path).</source>
        <translation>L’URL du stockage a une option inconnue&#x202f;; sqlite: ne connaît que ?synchronous=full (dans un chemin, écrivez %3F pour «&#xa0;?&#xa0;»).</translation>
    </message>
    <message>
        <source>The option synchronous in the store URL has an unknown value; the only one is full.</source>
        <translation>L’option synchronous de l’URL du stockage a une valeur inconnue&#x202f;; la seule est full.</translation>
    </message>
    <message>
        <source>The host in the store URL is not an IPv6 address in brackets, such as [::1].</source>
        <translation>L’hôte dans l’URL du stockage n’est pas une adresse IPv6 entre crochets comme [::1].</translation>
    </message>
    <message>
        <source>The host in the store URL has several colons; write an IPv6 address in brackets, such as [::1].</source>
        <translation>L’hôte dans l’URL du stockage a plusieurs deux-points&#x202f;; écrivez une adresse IPv6 entre crochets comme [::1].</translation>
    </message>
    <message>
        <source>The port in the store URL is not a number from 1 to 65535.</source>
        <translation>Le port dans l’URL du stockage n’est pas un nombre de 1 à 65535.</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the host; write redis://[user:password@]host[:port][/number][?prefix=P].</source>
        <translation>Il manque // devant l’hôte dans l’URL du stockage&#x202f;; écrivez redis://[utilisateur:mot-de-passe@]hôte[:port][/numéro][?prefix=P].</translation>
    </message>
    <message>
        <source>The database in the store URL is not a number; write redis://host:port/0, for example.</source>
        <translation>La base dans l’URL du stockage n’est pas un nombre&#x202f;; écrivez par exemple redis://hôte:port/0.</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis: and rediss: know ?prefix=P only.</source>
        <translation>L’URL du stockage a une option inconnue&#x202f;; redis: et rediss: ne connaissent que ?prefix=P.</translation>
    </message>
    <message>
        <source>The prefix in the store URL is empty; leave the option out for the default, sojourn:.</source>
        <translation>Le préfixe dans l’URL du stockage est vide&#x202f;; omettez l’option pour la valeur par défaut, sojourn:.</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis+unix: knows none (write %3F for a ? in a path).</source>
        <translation>L’URL du stockage a une option inconnue&#x202f;; redis+unix: n’en connaît aucune (dans un chemin, écrivez %3F pour «&#xa0;?&#xa0;»).</translation>
    </message>
    <message>
        <source>The path in the store URL is empty; write redis+unix: and the path of the server&apos;s socket behind it.</source>
        <translation>Le chemin dans l’URL du stockage est vide&#x202f;; écrivez redis+unix: suivi du chemin de la socket du serveur.</translation>
    </message>
    <message>
        <source>Nothing may stand behind memory: in the store URL.</source>
        <translation>Rien ne doit suivre memory: dans l’URL du stockage.</translation>
    </message>
    <message>
        <source>There is no memory for a connection.</source>
        <translation>Mémoire insuffisante pour une connexion.</translation>
    </message>
    <message>
        <source>The session is too large for a live connection.</source>
        <translation>La session est trop grande pour une connexion directe.</translation>
    </message>
    <message>
        <source>Redis at %1 refuses the user name or the password. Check both.</source>
        <translation>Redis sur %1 refuse le nom d’utilisateur ou le mot de passe. Vérifiez les deux.</translation>
    </message>
    <message>
        <source>Redis at %1 did not answer in time. Check that it runs and is not overloaded.</source>
        <translation>Redis sur %1 n’a pas répondu à temps. Vérifiez qu’il tourne et n’est pas surchargé.</translation>
    </message>
    <message>
        <source>Redis at %1 cannot be reached: %2. Check that it runs and that its setting &quot;unixsocket&quot; has this path.</source>
        <translation>Redis sur %1 est injoignable&#xa0;: %2. Vérifiez qu’il fonctionne et que son réglage «&#xa0;unixsocket&#xa0;» a ce chemin.</translation>
    </message>
    <message>
        <source>Redis at %1 is a replica. Use the address of its master, or the store URL %2+sentinel://SENTINEL/MASTER that follows it.</source>
        <translation>Redis sur %1 est un réplica. Utilisez l’adresse de son maître, ou l’URL de stockage %2+sentinel://SENTINEL/MASTER qui le suit.</translation>
    </message>
    <message>
        <source>Redis at %1 is a node of a cluster. Use the store URL %2+cluster://%1</source>
        <translation>Redis sur %1 est un nœud d’un cluster. Utilisez l’URL de stockage %2+cluster://%1</translation>
    </message>
    <message>
        <source>Redis at %1 is a sentinel. Use the store URL %2+sentinel://%1/MASTER with the name of its master.</source>
        <translation>Redis sur %1 est un sentinel. Utilisez l’URL de stockage %2+sentinel://%1/MASTER avec le nom de son maître.</translation>
    </message>
    <message>
        <source>Redis did not begin to tell of events in time. Check that it is not overloaded, and that each slot of a cluster has a master.</source>
        <translation>Redis n’a pas commencé à temps à signaler les événements. Vérifiez qu’il n’est pas surchargé et que chaque slot d’un cluster a un maître.</translation>
    </message>
    <message>
        <source>The connection over which Redis at %1 tells of events is dead. It is renewed.</source>
        <translation>La connexion par laquelle Redis sur %1 signale les événements est rompue. Elle est rétablie.</translation>
    </message>
    <message>
        <source>%1. %2 sessions had been ended by then.</source>
        <translation>%1. %2 sessions étaient alors terminées.</translation>
    </message>
    <message>
        <source>A newer version of Sojourn wrote this session. Update this program to read it.</source>
        <translation>Une version plus récente de Sojourn a écrit cette session. Mettez ce programme à jour pour la lire.</translation>
    </message>
    <message>
        <source>The memory of Redis is full, and nothing was changed. Raise its setting maxmemory, or remove what is not needed.</source>
        <translation>La mémoire de Redis est pleine, et rien n’a été modifié. Augmentez son réglage maxmemory, ou supprimez ce qui est inutile.</translation>
    </message>
    <message>
        <source>Redis takes no changes, as it cannot write to its disk. Look into its log.</source>
        <translation>Redis n’accepte aucune modification, car il ne peut pas écrire sur son disque. Consultez son journal.</translation>
    </message>
    <message>
        <source>Redis takes no changes, as too few of its replicas are there. Look after them.</source>
        <translation>Redis n’accepte aucune modification, car trop peu de ses réplicas sont disponibles. Vérifiez-les.</translation>
    </message>
    <message>
        <source>A key of the store holds something of another type, and nothing was changed (%1). Remove that key, or use another prefix.</source>
        <translation>Une clé du stockage contient une valeur d’un autre type, et rien n’a été modifié (%1). Supprimez cette clé, ou utilisez un autre préfixe.</translation>
    </message>
    <message>
        <source>This account may not use a command that the store needs, and nothing was changed. Give it the rights that the README lists.</source>
        <translation>Ce compte ne peut pas utiliser une commande nécessaire au stockage, et rien n’a été modifié. Accordez-lui les droits indiqués dans le README.</translation>
    </message>
    <message>
        <source>Redis is busy with a script. Try again in a while, or end it with SCRIPT KILL.</source>
        <translation>Redis est occupé par un script. Réessayez plus tard, ou arrêtez-le avec SCRIPT KILL.</translation>
    </message>
    <message>
        <source>Redis is not ready yet: it loads its data. Try again in a while.</source>
        <translation>Redis n’est pas encore prêt&#xa0;: il charge ses données. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>Redis is not ready yet: it waits for its master. Try again in a while.</source>
        <translation>Redis n’est pas encore prêt&#xa0;: il attend son maître. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>The session has another key by now. Use the one that replaced this.</source>
        <translation>La session a maintenant une autre clé. Utilisez celle qui a remplacé celle-ci.</translation>
    </message>
    <message>
        <source>The session ended or got another id while this request was under way, so its changes were not saved.</source>
        <translation>La session s’est terminée ou a reçu un autre identifiant pendant cette requête ; ses modifications n’ont pas été enregistrées.</translation>
    </message>
    <message>
        <source>The session has been removed.</source>
        <translation>La session a été supprimée.</translation>
    </message>
    <message>
        <source>This store has no space to give back. Only a file can be made smaller.</source>
        <translation>Ce stockage n’a pas d’espace à rendre. Seul un fichier peut être réduit.</translation>
    </message>
    <message>
        <source>The session store was used in a thread that is not its own, so nothing was done.</source>
        <translation>Le stockage des sessions a été utilisé dans un thread qui n’est pas le sien ; rien n’a été fait.</translation>
    </message>
    <message>
        <source>The condition has no name; write NAME or NAME=JSON.</source>
        <translation>La condition n’a pas de nom ; écrivez NOM ou NOM=JSON.</translation>
    </message>
    <message>
        <source>What follows the = is not JSON. Text needs quotes, as in &apos;role=&quot;admin&quot;&apos;.</source>
        <translation>Ce qui suit le = n’est pas du JSON. Un texte a besoin de guillemets, comme dans &apos;role=&quot;admin&quot;&apos;.</translation>
    </message>
    <message>
        <source>The JSON is nested deeper than %1 levels. Make it flatter.</source>
        <translation>Le JSON a plus de %1 niveaux d’imbrication. Aplatissez-le.</translation>
    </message>
    <message>
        <source>The number %1 cannot be kept exactly. Send it as text in quotes.</source>
        <translation>Le nombre %1 ne peut être conservé exactement. Donnez-le comme texte entre guillemets.</translation>
    </message>
    <message>
        <source>The JSON has text that is not valid Unicode. Send it as UTF-8 and surrogates only in pairs.</source>
        <translation>Le JSON contient du texte qui n’est pas de l’Unicode valide. Donnez-le en UTF-8, et les demi-codets seulement par paires.</translation>
    </message>
    <message>
        <source>The name &quot;%1&quot; stands twice in one object of the JSON. Give each value its own name.</source>
        <translation>Le nom « %1 » figure deux fois dans un objet du JSON. Donnez à chaque valeur son propre nom.</translation>
    </message>
    <message>
        <source>something follows the value</source>
        <translation>quelque chose suit la valeur</translation>
    </message>
    <message>
        <source>This is not JSON: %1 (at its byte %2).</source>
        <translation>Ce n’est pas du JSON : %1 (à l’octet %2).</translation>
    </message>
    <message>
        <source>a value must stand here</source>
        <translation>une valeur doit se trouver ici</translation>
    </message>
    <message>
        <source>a digit must follow the point</source>
        <translation>un chiffre doit suivre le point</translation>
    </message>
    <message>
        <source>a digit must follow the e</source>
        <translation>un chiffre doit suivre le e</translation>
    </message>
    <message>
        <source>four hexadecimal digits must follow \u</source>
        <translation>quatre chiffres hexadécimaux doivent suivre \u</translation>
    </message>
    <message>
        <source>no such escape exists</source>
        <translation>cet échappement n’existe pas</translation>
    </message>
    <message>
        <source>it ends within a string</source>
        <translation>il se termine dans une chaîne</translation>
    </message>
    <message>
        <source>a control character in a string must be written as an escape</source>
        <translation>un caractère de contrôle dans une chaîne doit être écrit comme échappement</translation>
    </message>
    <message>
        <source>a comma or ] must stand here</source>
        <translation>une virgule ou ] doit se trouver ici</translation>
    </message>
    <message>
        <source>a comma or } must stand here</source>
        <translation>une virgule ou } doit se trouver ici</translation>
    </message>
    <message>
        <source>a name in quotes must stand here</source>
        <translation>un nom entre guillemets doit se trouver ici</translation>
    </message>
    <message>
        <source>a colon must follow the name</source>
        <translation>un deux-points doit suivre le nom</translation>
    </message>
    <message>
        <source>A number that is not finite has no form in JSON. Store null or a text in its place.</source>
        <translation>Un nombre qui n’est pas fini n’a pas de forme en JSON. Enregistrez null ou un texte à sa place.</translation>
    </message>
    <message>
        <source>The attribute name is not valid Unicode. Use UTF-8 and surrogates only in pairs.</source>
        <translation>Le nom d’attribut n’est pas de l’Unicode valide. Utilisez UTF-8, et les demi-codets seulement par paires.</translation>
    </message>
    <message>
        <source>The user name is not valid Unicode. Use surrogates only in pairs.</source>
        <translation>Le nom d’utilisateur n’est pas de l’Unicode valide. Utilisez les demi-codets seulement par paires.</translation>
    </message>
    <message>
        <source>The user name is longer than %1 bytes in UTF-8. Use a shorter one.</source>
        <translation>Le nom d’utilisateur dépasse %1 octets en UTF-8. Utilisez-en un plus court.</translation>
    </message>
    <message>
        <source>Flash values must be an array of JSON.</source>
        <translation>Les valeurs flash doivent être un tableau JSON.</translation>
    </message>
    <message>
        <source>This is not a session event.</source>
        <translation>Ce n’est pas un événement de session.</translation>
    </message>
    <message>
        <source>oldKey of a session event must be a session key.</source>
        <translation>oldKey d’un événement de session doit être une clé de session.</translation>
    </message>
    <message>
        <source>The session has two attributes of one name. Give each its own.</source>
        <translation>La session a deux attributs du même nom. Donnez à chacun le sien.</translation>
    </message>
    <message>
        <source>%1, or null</source>
        <translation>%1 ou null</translation>
    </message>
    <message>
        <source>attribute &quot;%1&quot;: %2</source>
        <translation>attribut « %1 » : %2</translation>
    </message>
    <message>
        <source>This account may not use a command that the store needs. Give it the rights that the README lists.</source>
        <translation>Ce compte n’a pas droit à une commande dont le stockage a besoin. Donnez-lui les droits qu’énumère le README.</translation>
    </message>
    <message>
        <source>Redis at %1 refuses %2 to this account: %3. Give it the rights: ACL SETUSER %4 ~%5* &amp;%5* +%6</source>
        <translation>Redis sur %1 refuse %2 à ce compte : %3. Donnez-lui les droits : ACL SETUSER %4 ~%5* &amp;%5* +%6</translation>
    </message>
    <message>
        <source>it must be an object.</source>
        <translation>ce doit être un objet.</translation>
    </message>
    <message>
        <source>the line with the number of sessions is missing, so that the file was cut off</source>
        <translation>la ligne qui donne le nombre de sessions manque : le fichier a été tronqué</translation>
    </message>
    <message>
        <source>&quot;counted&quot; must be true or false</source>
        <translation>&quot;counted&quot; doit être true ou false</translation>
    </message>
    <message>
        <source>The snapshot has a fault at %1.%2.</source>
        <translation>L’instantané a un défaut à %1.%2.</translation>
    </message>
    <message>
        <source>it says that there are %1 sessions, but %2 were read, so that a part is missing or was added</source>
        <translation>elle annonce %1 sessions, mais %2 ont été lues : une partie manque ou a été ajoutée</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>ligne %1</translation>
    </message>
    <message>
        <source>Session %1 takes %2 bytes, and the limit of the other store is %3.</source>
        <translation>La session %1 occupe %2 octets, et la limite de l’autre stockage est de %3.</translation>
    </message>
    <message>
        <source>%1 of the sessions are in the other store already. Nothing was copied: choose whether to skip or to overwrite them.</source>
        <translation>%1 des sessions sont déjà dans l’autre stockage. Rien n’a été copié : choisissez de les ignorer ou de les écraser.</translation>
    </message>
    <message>
        <source>%1 cannot be read. Check that this user may read it, and that there is room for a copy in %2.</source>
        <translation>%1 ne peut être lu. Vérifiez que cet utilisateur peut le lire et qu’il y a de la place pour une copie dans %2.</translation>
    </message>
    <message>
        <source>%1 is being written to. Try again later.</source>
        <translation>%1 est en cours d’écriture. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>%1 was replaced by another file. Try again to use that one.</source>
        <translation>%1 a été remplacé par un autre fichier. Réessayez pour utiliser celui-ci.</translation>
    </message>
    <message>
        <source>%1 was removed. Put it back, from a backup for example, or restart this program to begin with an empty one.</source>
        <translation>%1 a été supprimé. Remettez-le, depuis une sauvegarde par exemple, ou redémarrez ce programme pour commencer avec un fichier vide.</translation>
    </message>
    <message>
        <source>%1 has the older format %2. Open it once for writing to update it.</source>
        <translation>%1 a l’ancien format %2. Ouvrez-le une fois en écriture pour le mettre à jour.</translation>
    </message>
    <message>
        <source>A newer version of Sojourn wrote this session into %1. Update this program.</source>
        <translation>Une version plus récente de Sojourn a écrit cette session dans %1. Mettez ce programme à jour.</translation>
    </message>
    <message>
        <source>This session cannot be decoded.</source>
        <translation>Cette session ne peut être décodée.</translation>
    </message>
    <message>
        <source>The session with this key has been given another one. Use that.</source>
        <translation>La session qui avait cette clé en a reçu une autre. Utilisez celle-ci.</translation>
    </message>
    <message>
        <source>%1 is open for reading only. Open it for writing to change sessions.</source>
        <translation>%1 est ouvert en lecture seule. Ouvrez-le en écriture pour modifier des sessions.</translation>
    </message>
    <message>
        <source>%1 is no version of a session. Versions begin with 1.</source>
        <translation>%1 n’est pas une version de session. Les versions commencent à 1.</translation>
    </message>
    <message>
        <source>The folder %1 for live sockets cannot be made: %2. Set XDG_RUNTIME_DIR to a folder of your own.</source>
        <translation>Le dossier %1 des sockets ne peut être créé : %2. Donnez à XDG_RUNTIME_DIR un dossier à vous.</translation>
    </message>
    <message>
        <source>%1, where live sockets should lie, is not a folder that only you may enter. Remove it, or set XDG_RUNTIME_DIR to a folder of your own.</source>
        <translation>%1, prévu pour les sockets, n’est pas un dossier réservé à vous seul. Supprimez-le, ou donnez à XDG_RUNTIME_DIR un dossier à vous.</translation>
    </message>
    <message>
        <source>%1. The change that was under way may or may not have happened.</source>
        <translation>%1. On ignore si la modification en cours a eu lieu.</translation>
    </message>
    <message>
        <source>Another server is the master now. The connection leads there.</source>
        <translation>Un autre serveur est maintenant le maître. La connexion y mène.</translation>
    </message>
    <message>
        <source>The sentinel at %1 refuses the user name or the password. Check sentinel-user and sentinel-password in the store URL.</source>
        <translation>La sentinelle %1 refuse le nom d’utilisateur ou le mot de passe. Vérifiez sentinel-user et sentinel-password dans l’URL du stockage.</translation>
    </message>
    <message>
        <source>Redis at %1 does not tell whether it is the master: %2. Give the account the rights +role +wait.</source>
        <translation>Redis sur %1 ne dit pas s’il est le maître : %2. Donnez au compte les droits +role +wait.</translation>
    </message>
    <message>
        <source>Redis at %1 is not the master (any more). Try again in a while.</source>
        <translation>Redis sur %1 n’est pas (ou plus) le maître. Réessayez dans un moment.</translation>
    </message>
    <message>
        <source>The sentinel at %1 wants a password, and none was given. Add sentinel-password=W to the store URL, and sentinel-user=U if it has one.</source>
        <translation>La sentinelle %1 demande un mot de passe, et aucun n’a été donné. Ajoutez sentinel-password=W à l’URL du stockage, et sentinel-user=U s’il y en a un.</translation>
    </message>
    <message>
        <source>Redis at %1 is no sentinel. Give the addresses of sentinels, which mostly listen at port 26379, or use the store URL %2://%1</source>
        <translation>Redis sur %1 n’est pas une sentinelle. Donnez les adresses des sentinelles, le plus souvent sur le port 26379, ou utilisez l’URL %2://%1</translation>
    </message>
    <message>
        <source>Too few replicas of Redis at %1 have confirmed a change. Look after them.</source>
        <translation>Trop peu de répliques de Redis sur %1 ont confirmé une modification. Vérifiez-les.</translation>
    </message>
    <message>
        <source>%1. Nothing was changed.</source>
        <translation>%1. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The sentinel is asked for the new master.</source>
        <translation>La sentinelle est interrogée sur le nouveau maître.</translation>
    </message>
    <message>
        <source>The sentinel at %1 does not tell where the master is: %2.</source>
        <translation>La sentinelle %1 ne dit pas où est le maître : %2.</translation>
    </message>
    <message>
        <source>The sentinel at %1 knows no master &quot;%2&quot;. Check the name at the end of the store URL.</source>
        <translation>La sentinelle %1 ne connaît pas de maître « %2 ». Vérifiez le nom à la fin de l’URL du stockage.</translation>
    </message>
    <message>
        <source>The sentinels are asked anew.</source>
        <translation>Les sentinelles sont de nouveau interrogées.</translation>
    </message>
    <message>
        <source>The sentinels that answer have been away and do not know the newest master. Start the others.</source>
        <translation>Les sentinelles qui répondent ont été absentes et ne connaissent pas le dernier maître. Démarrez les autres.</translation>
    </message>
    <message>
        <source>None of the sentinels %1 answers. Check that they run and that the addresses in the store URL are right.</source>
        <translation>Aucune des sentinelles %1 ne répond. Vérifiez qu’elles tournent et que les adresses de l’URL du stockage sont justes.</translation>
    </message>
    <message>
        <source>%1 lies on a file system without locks or shared memory, as some network file systems are. Choose a folder on a local disk.</source>
        <translation>%1 se trouve sur un système de fichiers sans verrous ou sans mémoire partagée, comme le sont certains systèmes réseau. Choisissez un dossier sur un disque local.</translation>
    </message>
    <message>
        <source>%1 sessions were removed, the others not: %2</source>
        <translation>%1 sessions ont été supprimées, les autres non : %2</translation>
    </message>
    <message>
        <source>This build of Sojourn was made without the store that the store URL names.</source>
        <translation>Cette version de Sojourn a été construite sans le stockage que nomme l’URL.</translation>
    </message>
    <message>
        <source>The option wait in the store URL is not a number of replicas; write wait=1, for example.</source>
        <translation>L’option wait de l’URL du stockage n’est pas un nombre de répliques ; écrivez par exemple wait=1.</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the hosts; write redis+sentinel://[user:password@]host[:port],host,.../MASTER[/number][?prefix=P&amp;wait=N].</source>
        <translation>Il manque le // avant les hôtes dans l’URL du stockage ; écrivez redis+sentinel://[user:password@]host[:port],host,.../MASTER[/number][?prefix=P&amp;wait=N].</translation>
    </message>
    <message>
        <source>The store URL lacks the name of the master that the sentinels watch; write redis+sentinel://host:26379/mymaster, for example.</source>
        <translation>Il manque à l’URL du stockage le nom du maître que surveillent les sentinelles ; écrivez par exemple redis+sentinel://host:26379/mymaster.</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis+sentinel: and rediss+sentinel: know prefix=P, wait=N, sentinel-user=U and sentinel-password=W, with &amp; between them.</source>
        <translation>L’URL du stockage a une option inconnue ; redis+sentinel: et rediss+sentinel: connaissent prefix=P, wait=N, sentinel-user=U et sentinel-password=W, séparées par &amp;.</translation>
    </message>
    <message>
        <source>The session store gave up before it answered. Try again.</source>
        <translation>Le stockage de sessions a renoncé avant de répondre. Réessayez.</translation>
    </message>
    <message>
        <source>The name in quotes does not end, or is no text.</source>
        <translation>Le nom entre guillemets ne se termine pas ou n&apos;est pas un texte.</translation>
    </message>
    <message>
        <source>The condition has no name; write NAME=VALUE.</source>
        <translation>La condition n&apos;a pas de nom ; écrivez NOM=VALEUR.</translation>
    </message>
    <message>
        <source>Nothing follows the %1; write NAME%1VALUE.</source>
        <translation>Rien ne suit %1 ; écrivez NOM%1VALEUR.</translation>
    </message>
    <message>
        <source>What follows the %1 is not JSON.</source>
        <translation>Ce qui suit %1 n&apos;est pas du JSON.</translation>
    </message>
    <message>
        <source>The condition has no sign; write NAME=VALUE, or one of != &lt; &gt; &lt;= &gt;=.</source>
        <translation>La condition n&apos;a pas de signe ; écrivez NOM=VALEUR, ou l&apos;un de != &lt; &gt; &lt;= &gt;=.</translation>
    </message>
    <message>
        <source>The live name &quot;%1&quot; cannot be claimed: no file can be opened in %2. Check that this user may write there, that the disk is not full, and that the process may open more files.</source>
        <translation>Le nom live « %1 » ne peut pas être réservé : aucun fichier ne peut être ouvert dans %2. Vérifiez que cet utilisateur peut y écrire, que le disque n’est pas plein et que le processus peut ouvrir d’autres fichiers.</translation>
    </message>
    <message>
        <source>Another process is live as &quot;%1&quot; already. Choose another name, or stop it.</source>
        <translation>Un autre processus est déjà live sous « %1 ». Choisissez un autre nom ou arrêtez-le.</translation>
    </message>
    <message>
        <source>The live name &quot;%1&quot; cannot be used: %2.</source>
        <translation>Le nom live « %1 » n&apos;est pas utilisable : %2.</translation>
    </message>
    <message>
        <source>The store in Redis at %1 has %2 shards, not %3, and keeps them. Write shards=%2 in the store URL, or use another prefix.</source>
        <translation>Le stockage dans Redis sur %1 a %2 shards, et non %3, et les garde. Écrivez shards=%2 dans l&apos;URL du stockage, ou prenez un autre préfixe.</translation>
    </message>
    <message>
        <source>Redis at %1 is no node of a cluster. Use the store URL %2://%1</source>
        <translation>Redis sur %1 n&apos;est pas un nœud d&apos;un cluster. Utilisez l&apos;URL %2://%1</translation>
    </message>
    <message>
        <source>Redis at %1 does not tell who has which slots: %2.</source>
        <translation>Redis sur %1 ne dit pas qui a quels slots : %2.</translation>
    </message>
    <message>
        <source>No master of the cluster has this session&apos;s slot. Look at CLUSTER INFO.</source>
        <translation>Aucun maître du cluster n&apos;a le slot de cette session. Voyez CLUSTER INFO.</translation>
    </message>
    <message>
        <source>The nodes of the cluster disagree about who has a slot. Look at CLUSTER INFO.</source>
        <translation>Les nœuds du cluster ne sont pas d&apos;accord sur le propriétaire d&apos;un slot. Voyez CLUSTER INFO.</translation>
    </message>
    <message>
        <source>The session&apos;s slot is moving to another node of the cluster, and nothing was changed. Try again in a while; move smaller shards.</source>
        <translation>Le slot de la session migre vers un autre nœud du cluster, et rien n&apos;a été modifié. Réessayez dans un moment ; migrez des shards plus petits.</translation>
    </message>
    <message>
        <source>The cluster of Redis at %1 is down: %2.</source>
        <translation>Le cluster de Redis sur %1 est en panne : %2.</translation>
    </message>
    <message>
        <source>The new key belongs to another shard. Draw new ids until mayRotate() agrees.</source>
        <translation>La nouvelle clé appartient à un autre shard. Tirez de nouveaux identifiants jusqu&apos;à ce que mayRotate() accepte.</translation>
    </message>
    <message>
        <source>Redis at %1 refuses SUBSCRIBE to this account: %2. Give it the rights: ACL SETUSER %3 &amp;%4* +%5</source>
        <translation>Redis sur %1 refuse SUBSCRIBE à ce compte : %2. Donnez-lui les droits : ACL SETUSER %3 &amp;%4* +%5</translation>
    </message>
    <message>
        <source>The option shards in the store URL is not a power of two from 1 to 1024; the default is shards=256.</source>
        <translation>L&apos;option shards de l&apos;URL du stockage n&apos;est pas une puissance de deux de 1 à 1024 ; la valeur par défaut est shards=256.</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the hosts; write redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N].</source>
        <translation>Il manque // devant les hôtes dans l&apos;URL du stockage ; écrivez redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N].</translation>
    </message>
    <message>
        <source>The store URL names a database, and a cluster has only one; write redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N].</source>
        <translation>L&apos;URL du stockage nomme une base, et un cluster n&apos;en a qu&apos;une ; écrivez redis+cluster://[user:password@]host[:port],host,...[?prefix=P&amp;shards=N&amp;wait=N].</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; redis+cluster: and rediss+cluster: know prefix=P, shards=N and wait=N, with &amp; between them.</source>
        <translation>L&apos;URL du stockage a une option inconnue ; redis+cluster: et rediss+cluster: connaissent prefix=P, shards=N et wait=N, séparés par &amp;.</translation>
    </message>
    <message>
        <source>The prefix in the store URL has braces, by which a cluster divides keys; leave them out.</source>
        <translation>Le préfixe de l&apos;URL du stockage contient des accolades, par lesquelles un cluster répartit les clés ; supprimez-les.</translation>
    </message>
    <message>
        <source>The facts of a visit are not written as VisitFacts::toText() does. Use that.</source>
        <translation>Les données d’une visite ne sont pas écrites comme le fait VisitFacts::toText(). Utilisez cette fonction.</translation>
    </message>
    <message>
        <source>The file %1 holds no certificate in PEM.</source>
        <translation>Le fichier %1 ne contient aucun certificat PEM.</translation>
    </message>
    <message>
        <source>The file %1 holds no private key in PEM, of RSA or EC and without a passphrase.</source>
        <translation>Le fichier %1 ne contient aucune clé privée PEM, RSA ou EC, sans phrase secrète.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not the one that is pinned: its fingerprint is %2. If it was renewed there, put the new one into the store URL; otherwise somebody is in between.</source>
        <translation>Le certificat de %1 n&apos;est pas celui qui est épinglé : son empreinte est %2. S&apos;il a été renouvelé là-bas, mettez la nouvelle dans l&apos;URL du stockage ; sinon, quelqu&apos;un s&apos;est interposé.</translation>
    </message>
    <message>
        <source>The certificate of %1 is good from %2 to %3 only. Renew it there, or set the clock here.</source>
        <translation>Le certificat de %1 n&apos;est valable que du %2 au %3. Renouvelez-le là-bas, ou réglez l&apos;horloge ici.</translation>
    </message>
    <message>
        <source>The certificate of %1 is signed by nobody who is trusted here. Name its authority with ca=FILE in the store URL; or, if its fingerprint is the same on that machine, pin it with fingerprint=%2</source>
        <translation>Le certificat de %1 n&apos;est signé par aucune autorité reconnue ici. Indiquez son autorité avec ca=FICHIER dans l&apos;URL du stockage ; ou, si son empreinte est la même sur cette machine, épinglez-le avec fingerprint=%2</translation>
    </message>
    <message>
        <source>The certificate of %1 is made out for %2. Use that name in the store URL, or pin it with fingerprint=%3</source>
        <translation>Le certificat de %1 est établi pour %2. Utilisez ce nom dans l&apos;URL du stockage, ou épinglez-le avec fingerprint=%3</translation>
    </message>
    <message>
        <source>The certificate of %1 cannot be trusted: %2.</source>
        <translation>Le certificat de %1 n&apos;est pas digne de confiance : %2.</translation>
    </message>
    <message>
        <source>Nothing listens at %1. Start the application, or check host and port.</source>
        <translation>Rien n&apos;écoute sur %1. Démarrez l&apos;application, ou vérifiez l&apos;hôte et le port.</translation>
    </message>
    <message>
        <source>There is no host of the name in %1. Check how it is written.</source>
        <translation>Il n&apos;existe aucun hôte du nom indiqué dans %1. Vérifiez comment il est écrit.</translation>
    </message>
    <message>
        <source>No connection over TLS came about with %1: %2. Check that a live application listens there with live+tls.</source>
        <translation>Aucune connexion TLS n&apos;a pu être établie avec %1 : %2. Vérifiez qu&apos;une application y écoute avec live+tls.</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2. Check the network and the firewall between.</source>
        <translation>%1 est injoignable : %2. Vérifiez le réseau et le pare-feu entre les deux.</translation>
    </message>
    <message>
        <source>The application at %1 asks for a token. Name the file that holds it with token-file=FILE in the store URL.</source>
        <translation>L&apos;application sur %1 demande un jeton. Indiquez le fichier qui le contient avec token-file=FICHIER dans l&apos;URL du stockage.</translation>
    </message>
    <message>
        <source>The application at %1 closed the connection before it had greeted. Try again; it may be starting, or have as many clients as it takes.</source>
        <translation>L&apos;application sur %1 a fermé la connexion avant d&apos;avoir salué. Réessayez ; elle démarre peut-être, ou a autant de clients qu&apos;elle en accepte.</translation>
    </message>
    <message>
        <source>The token is given twice; leave out either it or the file that holds it.</source>
        <translation>Le jeton est donné deux fois ; omettez soit le jeton, soit le fichier qui le contient.</translation>
    </message>
    <message>
        <source>live+tls would show the sessions to the whole network: set a token, clientCaFile or clientFingerprints, so that only those who may see them log in.</source>
        <translation>live+tls montrerait les sessions à tout le réseau : définissez un jeton, clientCaFile ou clientFingerprints, pour que seuls ceux qui peuvent les voir se connectent.</translation>
    </message>
    <message>
        <source>live+tls needs a certificate of this application and its private key, so that clients know whom they talk to: set certificateFile and keyFile.</source>
        <translation>live+tls a besoin d&apos;un certificat de cette application et de sa clé privée, pour que les clients sachent à qui ils parlent : définissez certificateFile et keyFile.</translation>
    </message>
    <message>
        <source>The application lets in only who has a client certificate that it knows. Name yours with cert=FILE and key=FILE in the store URL.</source>
        <translation>L&apos;application n&apos;admet que ceux qui ont un certificat client qu&apos;elle connaît. Indiquez le vôtre avec cert=FICHIER et key=FICHIER dans l&apos;URL du stockage.</translation>
    </message>
    <message>
        <source>The application refused the client certificate: it is good from %1 to %2 only. Get a new one.</source>
        <translation>L&apos;application a refusé le certificat client : il n&apos;est valable que du %1 au %2. Procurez-vous-en un nouveau.</translation>
    </message>
    <message>
        <source>The application does not know the client certificate. Have its fingerprint or its authority allowed there, or use one that is.</source>
        <translation>L&apos;application ne connaît pas le certificat client. Faites-y autoriser son empreinte ou son autorité, ou utilisez-en un qui l&apos;est.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address to listen on; give an IP address of this machine, or 0.0.0.0 or :: for all.</source>
        <translation>« %1 » n&apos;est pas une adresse d&apos;écoute ; donnez une adresse IP de cette machine, ou 0.0.0.0 ou :: pour toutes.</translation>
    </message>
    <message>
        <source>live+tls cannot listen on port %1 of %2: %3. Choose another port or address.</source>
        <translation>live+tls ne peut pas écouter sur le port %1 de %2 : %3. Choisissez un autre port ou une autre adresse.</translation>
    </message>
    <message>
        <source>The application refused the token. Check that both ends have the same one, and that nothing between them, such as a proxy, ends the encryption.</source>
        <translation>L&apos;application a refusé le jeton. Vérifiez que les deux côtés ont le même, et que rien entre eux, comme un proxy, ne termine le chiffrement.</translation>
    </message>
    <message>
        <source>The address of a live application needs a host and a port; there is no usual one.</source>
        <translation>L&apos;adresse d&apos;une application live demande un hôte et un port ; il n&apos;y en a pas d&apos;habituel.</translation>
    </message>
    <message>
        <source>A private key alone opens nothing; name its certificate too, with cert=FILE.</source>
        <translation>Une clé privée seule n&apos;ouvre rien ; indiquez aussi son certificat, avec cert=FICHIER.</translation>
    </message>
    <message>
        <source>A fingerprint is the SHA-256 of a certificate in 64 hexadecimal digits, with or without colons; `openssl x509 -noout -fingerprint -sha256 -in FILE` tells it.</source>
        <translation>Une empreinte est le SHA-256 d&apos;un certificat en 64 chiffres hexadécimaux, avec ou sans deux-points ; `openssl x509 -noout -fingerprint -sha256 -in FICHIER` la donne.</translation>
    </message>
    <message>
        <source>The token for live+tls has spaces or characters beyond ASCII. Make one with `openssl rand -hex 32`.</source>
        <translation>Le jeton de live+tls contient des espaces ou des caractères hors ASCII. Créez-en un avec `openssl rand -hex 32`.</translation>
    </message>
    <message>
        <source>The token for live+tls is too easy to guess, it needs 128 bits. Make one with `openssl rand -hex 32`.</source>
        <translation>Le jeton de live+tls est trop facile à deviner, il lui faut 128 bits. Créez-en un avec `openssl rand -hex 32`.</translation>
    </message>
    <message>
        <source>This Qt has no TLS, which live+tls needs. Install its TLS plugin and OpenSSL, or use live: over SSH.</source>
        <translation>Ce Qt n&apos;a pas TLS, dont live+tls a besoin. Installez son greffon TLS et OpenSSL, ou utilisez live: par SSH.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>Le fichier %1 ne peut pas être lu : %2.</translation>
    </message>
    <message>
        <source>The first line of the file %1 should be a token, and is empty.</source>
        <translation>La première ligne du fichier %1 devrait être un jeton, et elle est vide.</translation>
    </message>
    <message>
        <source>The host in the store URL is empty or not a host name; write //host:port behind the scheme, and percent-encode the characters / ? @ in a password (%2F %3F %40).</source>
        <translation>L&apos;hôte dans l&apos;URL du stockage est vide ou n&apos;est pas un nom d&apos;hôte ; écrivez //hôte:port après le schéma, et encodez les caractères / ? @ d&apos;un mot de passe (%2F %3F %40).</translation>
    </message>
    <message>
        <source>The store URL lacks the // before the host; write live+tls://host:port?token-file=FILE, for example.</source>
        <translation>Il manque // avant l&apos;hôte dans l&apos;URL du stockage ; écrivez par exemple live+tls://hôte:port?token-file=FICHIER.</translation>
    </message>
    <message>
        <source>The store URL has a user, and live+tls knows none; a token stands behind a colon, live+tls://:TOKEN@host:port, or better in a file that token-file=FILE names.</source>
        <translation>L&apos;URL du stockage a un utilisateur, et live+tls n&apos;en connaît pas ; un jeton se place après un deux-points, live+tls://:JETON@hôte:port, ou mieux dans un fichier indiqué par token-file=FICHIER.</translation>
    </message>
    <message>
        <source>The store URL lacks the port; write live+tls://host:port, as the application listens.</source>
        <translation>Il manque le port dans l&apos;URL du stockage ; écrivez live+tls://hôte:port, comme l&apos;application écoute.</translation>
    </message>
    <message>
        <source>The store URL has a path, and live+tls knows none; write live+tls://host:port and options behind a ?.</source>
        <translation>L&apos;URL du stockage a un chemin, et live+tls n&apos;en connaît pas ; écrivez live+tls://hôte:port et les options après un ?.</translation>
    </message>
    <message>
        <source>The store URL has an unknown option; live+tls: knows ca=FILE, fingerprint=HEX, cert=FILE, key=FILE and token-file=FILE, with &amp; between them.</source>
        <translation>L&apos;URL du stockage a une option inconnue ; live+tls: connaît ca=FICHIER, fingerprint=HEX, cert=FICHIER, key=FICHIER et token-file=FICHIER, séparés par &amp;.</translation>
    </message>
    <message>
        <source>The option %1 in the store URL is empty; leave it out, or write what it names.</source>
        <translation>L&apos;option %1 dans l&apos;URL du stockage est vide ; omettez-la, ou écrivez ce qu&apos;elle désigne.</translation>
    </message>
    <message>
        <source>The store URL begins with no scheme that is known; write memory:, sqlite:PATH[?synchronous=full], redis://[user:password@]host[:port][/number][?prefix=P], rediss:// likewise, redis+unix:PATH, redis+sentinel://host,host,.../MASTER, redis+cluster://host,host,..., live:NAME or live+tls://host:port.</source>
        <translation>L&apos;URL du stockage ne commence par aucun schéma connu ; écrivez memory:, sqlite:PATH[?synchronous=full], redis://[user:password@]host[:port][/number][?prefix=P], de même rediss://, redis+unix:PATH, redis+sentinel://host,host,.../MASTER, redis+cluster://host,host,..., live:NAME ou live+tls://hôte:port.</translation>
    </message>
    <message>
        <source>The private key in %1 is encrypted. Write it without its passphrase into a file that only this program&apos;s user can read, with openssl pkey -in OLD -out NEW.</source>
        <translation>La clé privée dans %1 est chiffrée. Écrivez-la sans sa phrase secrète dans un fichier que seul l’utilisateur de ce programme peut lire, avec openssl pkey -in ANCIEN -out NOUVEAU.</translation>
    </message>
    <message>
        <source>The private key in %1 is not that of the certificate in %2, the first one there. Name the two that were made together.</source>
        <translation>La clé privée dans %1 n’est pas celle du certificat dans %2, le premier du fichier. Indiquez les deux qui ont été créés ensemble.</translation>
    </message>
    <message>
        <source>The certificate in %1 was good until %2, so that no client would trust it. Renew it.</source>
        <translation>Le certificat dans %1 était valable jusqu’au %2 : aucun client ne lui ferait confiance. Renouvelez-le.</translation>
    </message>
    <message>
        <source>%1 of %2 masters</source>
        <translation>%1 maîtres sur %2</translation>
    </message>
    <message>
        <source>%1 of %2 masters, %3 of %4 shards are away</source>
        <translation>%1 maîtres sur %2, %3 shards sur %4 sont absents</translation>
    </message>
    <message>
        <source>%1 of %2 masters, %3 of %4 shards are away: %5</source>
        <translation>%1 maîtres sur %2, %3 shards sur %4 sont absents&#xa0;: %5</translation>
    </message>
    <message>
        <source>Of ended sessions only user, key and time are known: search for them by user:, key: and around: only.</source>
        <translation>Des sessions terminées, seuls l’utilisateur, la clé et l’heure sont connus&#xa0;: cherchez-les uniquement par user:, key: et around:.</translation>
    </message>
    <message>
        <source>This quotation mark is not closed.</source>
        <translation>Ce guillemet n’est pas fermé.</translation>
    </message>
    <message>
        <source>Text in quotes must end with its quotation mark.</source>
        <translation>Un texte entre guillemets doit finir par un guillemet.</translation>
    </message>
    <message>
        <source>Only one text in quotes can be looked for.</source>
        <translation>On ne peut chercher qu’un seul texte entre guillemets.</translation>
    </message>
    <message>
        <source>There is no %1:. Write user:, key:, has:, is: or around:; a user of that name is user:%2.</source>
        <translation>%1: n’existe pas. Écrivez user:, key:, has:, is: ou around:&#xa0;; un utilisateur de ce nom est user:%2.</translation>
    </message>
    <message>
        <source>A session has one user. For a text in an attribute, write it in quotes.</source>
        <translation>Une session n’a qu’un utilisateur. Pour un texte dans un attribut, mettez-le entre guillemets.</translation>
    </message>
    <message>
        <source>A session has one key.</source>
        <translation>Une session n’a qu’une clé.</translation>
    </message>
    <message>
        <source>Nothing follows %1:.</source>
        <translation>Rien ne suit %1:.</translation>
    </message>
    <message>
        <source>A key has letters, digits, - and _ only, 43 at most.</source>
        <translation>Une clé n’a que des lettres, des chiffres, - et _, 43 au plus.</translation>
    </message>
    <message>
        <source>This is no time. Write around:15:00, around:2h or a date and time.</source>
        <translation>Ce n’est pas une heure. Écrivez around:15:00, around:2h ou une date et une heure.</translation>
    </message>
    <message>
        <source>There is no is:%1. Write %2.</source>
        <translation>is:%1 n’existe pas. Écrivez %2.</translation>
    </message>
    <message>
        <source>This is no size. Write size&gt;10k, size&gt;500 or size&gt;2M; an attribute of that name is &quot;size&quot;.</source>
        <translation>Ce n’est pas une taille. Écrivez size&gt;10k, size&gt;500 ou size&gt;2M&#xa0;; un attribut de ce nom est &quot;size&quot;.</translation>
    </message>
    <message>
        <source>This is no number. Write attributes&gt;50; an attribute of that name is &quot;attributes&quot;.</source>
        <translation>Ce n’est pas un nombre. Écrivez attributes&gt;50&#xa0;; un attribut de ce nom est &quot;attributes&quot;.</translation>
    </message>
    <message>
        <source>This is no duration. Write %1&lt;5m or %1&gt;2h; an attribute of that name is &quot;%1&quot;.</source>
        <translation>Ce n’est pas une durée. Écrivez %1&lt;5m ou %1&gt;2h&#xa0;; un attribut de ce nom est &quot;%1&quot;.</translation>
    </message>
    <message>
        <source>A change of the facts of a visit is not written as VisitFacts::changeTo() does. Use that.</source>
        <translation>Une modification des données d’une visite n’est pas écrite comme par VisitFacts::changeTo(). Utilisez cette fonction.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ActivityLog</name>
    <message>
        <source>done</source>
        <translation>effectué</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Résultat</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::AttributePage</name>
    <message>
        <source>Add attribute…</source>
        <translation>Ajouter un attribut…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Renommer…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Copier en JSON</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Copier le chemin</translation>
    </message>
    <message>
        <source>Show as column</source>
        <translation>Afficher en colonne</translation>
    </message>
    <message>
        <source>Show secrets</source>
        <translation>Afficher les secrets</translation>
    </message>
    <message>
        <source>Show values that look like secrets</source>
        <translation>Afficher les valeurs qui semblent secrètes</translation>
    </message>
    <message>
        <source>Set %1 of %2</source>
        <translation>Définir %1 de %2</translation>
    </message>
    <message>
        <source>Remove %1 of %2</source>
        <translation>Supprimer %1 de %2</translation>
    </message>
    <message>
        <source>Add attribute</source>
        <translation>Ajouter un attribut</translation>
    </message>
    <message>
        <source>Name in %1:</source>
        <translation>Nom dans %1&#xa0;:</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Nom&#xa0;:</translation>
    </message>
    <message>
        <source>Not added: the session is not there any more, or not shown.</source>
        <translation>Non ajouté&#xa0;: la session n’existe plus, ou n’est pas affichée.</translation>
    </message>
    <message>
        <source>Not added: %1 is no object any more.</source>
        <translation>Non ajouté&#xa0;: %1 n’est plus un objet.</translation>
    </message>
    <message>
        <source>The session has ended, or is not shown any more. Copy what you typed.</source>
        <translation>La session est terminée, ou n’est plus affichée. Copiez ce que vous avez tapé.</translation>
    </message>
    <message>
        <source>The store is read-only now.</source>
        <translation>Le stockage est maintenant en lecture seule.</translation>
    </message>
    <message>
        <source>This value is not there any more. Copy what you typed.</source>
        <translation>Cette valeur n’existe plus. Copiez ce que vous avez tapé.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::AttributeView</name>
    <message>
        <source>This is not JSON. Write text in quotes.</source>
        <translation>Ce n’est pas du JSON. Écrivez le texte entre guillemets.</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attributs</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::BulkBar</name>
    <message>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Try the rest again</source>
        <translation>Réessayer le reste</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Pourquoi&#x202f;?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1&#xa0;: %2 sur %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>What failed</source>
        <translation>Ce qui a échoué</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Raison</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::BulkJob</name>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>%Ln effectuée</numerusform>
            <numerusform>%Ln effectuées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln failed: %1</source>
        <translation>
            <numerusform>, %Ln en échec&#xa0;: %1</numerusform>
            <numerusform>, %Ln en échec&#xa0;: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln left out by the stop</source>
        <translation>
            <numerusform>, %Ln omise par l’arrêt</numerusform>
            <numerusform>, %Ln omises par l’arrêt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln had ended already</source>
        <translation>
            <numerusform>, %Ln était déjà terminée</numerusform>
            <numerusform>, %Ln étaient déjà terminées</numerusform>
        </translation>
    </message>
    <message>
        <source>. This is too large to be undone</source>
        <translation>. C’est trop volumineux pour être annulé</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::CompareSessionsDialog</name>
    <message>
        <source>Compare two sessions</source>
        <translation>Comparer deux sessions</translation>
    </message>
    <message>
        <source>Show &amp;only what differs</source>
        <translation>N’afficher &amp;que les différences</translation>
    </message>
    <message>
        <source>Attributes of both sessions</source>
        <translation>Attributs des deux sessions</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes differ.</source>
        <translation>
            <numerusform>%Ln attribut diffère.</numerusform>
            <numerusform>%Ln attributs diffèrent.</numerusform>
        </translation>
    </message>
    <message>
        <source>All attributes are equal.</source>
        <translation>Tous les attributs sont égaux.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::CompareStoresDialog</name>
    <message>
        <source>Compare stores and snapshots</source>
        <translation>Comparer stockages et instantanés</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Comparer</translation>
    </message>
    <message>
        <source>Choose two sides. What was active only, without another change, counts as equal.</source>
        <translation>Choisissez deux côtés. Une session qui a seulement été active, sans autre changement, compte comme égale.</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Différences</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changement</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Détail</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Attributes before and after</source>
        <translation>Attributs avant et après</translation>
    </message>
    <message>
        <source>Before:</source>
        <translation>Avant&#xa0;:</translation>
    </message>
    <message>
        <source>After:</source>
        <translation>Après&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>added</source>
        <translation>ajoutée</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>supprimée</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>modifiée</translation>
    </message>
    <message>
        <source>Stopped before the end.</source>
        <translation>Arrêté avant la fin.</translation>
    </message>
    <message>
        <source>The first %1 are shown.</source>
        <translation>Les %1 premières sont affichées.</translation>
    </message>
    <message>
        <source>new attributes %1</source>
        <translation>nouveaux attributs %1</translation>
    </message>
    <message>
        <source>vanished attributes %1</source>
        <translation>attributs disparus %1</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 de plus</translation>
    </message>
    <message>
        <source>%1 less</source>
        <translation>%1 de moins</translation>
    </message>
    <message>
        <source>In sessions that both sides have: %1.</source>
        <translation>Dans les sessions présentes des deux côtés&#xa0;: %1.</translation>
    </message>
    <message>
        <source>%1, %2, %3.</source>
        <comment>2 added, 1 removed, 5 changed.</comment>
        <translation>%1, %2, %3.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>%Ln ajoutée</numerusform>
            <numerusform>%Ln ajoutées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln removed</source>
        <translation>
            <numerusform>%Ln supprimée</numerusform>
            <numerusform>%Ln supprimées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln modifiée</numerusform>
            <numerusform>%Ln modifiées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes</source>
        <translation>
            <numerusform>%Ln attribut</numerusform>
            <numerusform>%Ln attributs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ConflictDialog</name>
    <message>
        <source>Changed meanwhile</source>
        <translation>Modifiée entre-temps</translation>
    </message>
    <message>
        <source>Before, now and yours</source>
        <translation>Avant, maintenant et la vôtre</translation>
    </message>
    <message>
        <source>As you saw it</source>
        <translation>Telle que vous l’avez vue</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>Telle qu’elle est</translation>
    </message>
    <message>
        <source>As you want it</source>
        <translation>Telle que vous la voulez</translation>
    </message>
    <message>
        <source>You want it to end %1; it ends %2 now.</source>
        <translation>Vous voulez qu’elle finisse %1&#x202f;; elle finit actuellement le %2.</translation>
    </message>
    <message>
        <source>&amp;Keep theirs</source>
        <translation>&amp;Garder l’autre version</translation>
    </message>
    <message>
        <source>&amp;Delete it anyway</source>
        <translation>&amp;Supprimer quand même</translation>
    </message>
    <message>
        <source>&amp;Write mine over it</source>
        <translation>Écraser avec la &amp;mienne</translation>
    </message>
    <message>
        <source>&amp;Edit again</source>
        <translation>Modifier à &amp;nouveau</translation>
    </message>
    <message>
        <source>Somebody changed this session after you looked at it (version %1 now). Nothing was written yet.</source>
        <translation>Quelqu’un a modifié cette session depuis que vous l’avez vue (version %1 à présent). Rien n’a encore été écrit.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ConnectionDialog</name>
    <message>
        <source>Connect to a store</source>
        <translation>Se connecter à un stockage</translation>
    </message>
    <message>
        <source>Edit connection</source>
        <translation>Modifier la connexion</translation>
    </message>
    <message>
        <source>SQLite file</source>
        <translation>Fichier SQLite</translation>
    </message>
    <message>
        <source>Redis or Valkey</source>
        <translation>Redis ou Valkey</translation>
    </message>
    <message>
        <source>Running application</source>
        <translation>Application active</translation>
    </message>
    <message>
        <source>Another store URL</source>
        <translation>Autre URL de stockage</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Choisir un fichier</translation>
    </message>
    <message>
        <source>Session database</source>
        <translation>Base de sessions</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>&amp;Fichier&#xa0;:</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>&amp;Keep the password in the system&apos;s keychain</source>
        <translation>&amp;Garder le mot de passe dans le trousseau du système</translation>
    </message>
    <message>
        <source>There is no keychain here: the password is asked for each time.</source>
        <translation>Pas de trousseau ici&#xa0;: le mot de passe est demandé à chaque fois.</translation>
    </message>
    <message>
        <source>&amp;Host and port:</source>
        <translation>&amp;Hôte et port&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Database number:</source>
        <translation>Numéro de &amp;base&#xa0;:</translation>
    </message>
    <message>
        <source>Key &amp;prefix:</source>
        <translation>&amp;Préfixe des clés&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>&amp;Utilisateur&#xa0;:</translation>
    </message>
    <message>
        <source>Pass&amp;word:</source>
        <translation>&amp;Mot de passe&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Application:</source>
        <translation>&amp;Application&#xa0;:</translation>
    </message>
    <message>
        <source>Applications of yours on this machine that let themselves be inspected.</source>
        <translation>Vos applications sur cette machine qui se laissent inspecter.</translation>
    </message>
    <message>
        <source>Production stores open read-only, and destructive work on many sessions wants the name typed.</source>
        <translation>Les stockages de production s’ouvrent en lecture seule, et toute opération destructrice sur plusieurs sessions exige de taper le nom du stockage.</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Bleu</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Ambre</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rouge</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violet</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Sarcelle</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Open &amp;read-only</source>
        <translation>Ouvrir en &amp;lecture seule</translation>
    </message>
    <message>
        <source>&amp;Save in the side bar</source>
        <translation>Enregi&amp;strer dans la barre latérale</translation>
    </message>
    <message>
        <source>S&amp;tore:</source>
        <translation>Stoc&amp;kage&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Nom&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Environment:</source>
        <translation>&amp;Environnement&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Colour:</source>
        <translation>&amp;Couleur&#xa0;:</translation>
    </message>
    <message>
        <source>Test c&amp;onnection</source>
        <translation>Tester la conne&amp;xion</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Asking the store…</source>
        <translation>Interrogation du stockage…</translation>
    </message>
    <message numerus="yes">
        <source>It answers: %Ln sessions, %1 ms.</source>
        <translation>
            <numerusform>Il répond&#xa0;: %Ln session, %1&#xa0;ms.</numerusform>
            <numerusform>Il répond&#xa0;: %Ln sessions, %1&#xa0;ms.</numerusform>
        </translation>
    </message>
    <message>
        <source>as before</source>
        <translation>inchangé</translation>
    </message>
    <message>
        <source>asked for each time</source>
        <translation>demandé chaque fois</translation>
    </message>
    <message>
        <source>Encr&amp;ypted (TLS)</source>
        <translation>Ch&amp;iffré (TLS)</translation>
    </message>
    <message>
        <source>Store UR&amp;L:</source>
        <translation>URL &amp;du stockage&#xa0;:</translation>
    </message>
    <message>
        <source>Of sentinels and of a cluster&apos;s nodes any number, with commas between them.</source>
        <translation>Des sentinelles ou des nœuds d’un cluster en nombre quelconque, séparés par des virgules.</translation>
    </message>
    <message>
        <source>One server</source>
        <translation>Un serveur</translation>
    </message>
    <message>
        <source>Sentinels, which know the master</source>
        <translation>Des sentinelles, qui connaissent le maître</translation>
    </message>
    <message>
        <source>Nodes of a cluster</source>
        <translation>Des nœuds d’un cluster</translation>
    </message>
    <message>
        <source>K&amp;ind:</source>
        <translation>T&amp;ype&#xa0;:</translation>
    </message>
    <message>
        <source>The name by which the sentinels know the master.</source>
        <translation>Le nom sous lequel les sentinelles connaissent le maître.</translation>
    </message>
    <message>
        <source>Name of the &amp;master:</source>
        <translation>N&amp;om du maître&#xa0;:</translation>
    </message>
    <message>
        <source>Running application on another machine</source>
        <translation>Application en marche sur une autre machine</translation>
    </message>
    <message>
        <source>As the application listens with live+tls; an IPv6 address stands in brackets.</source>
        <translation>Comme l&apos;application écoute avec live+tls ; une adresse IPv6 se met entre crochets.</translation>
    </message>
    <message>
        <source>The SHA-256 of its certificate, where no authority signed it that is known here.</source>
        <translation>Le SHA-256 de son certificat, si aucune autorité connue ici ne l&apos;a signé.</translation>
    </message>
    <message>
        <source>To&amp;ken:</source>
        <translation>&amp;Jeton :</translation>
    </message>
    <message>
        <source>File with the token:</source>
        <translation>Fichier du jeton :</translation>
    </message>
    <message>
        <source>File with the token</source>
        <translation>Fichier du jeton</translation>
    </message>
    <message>
        <source>Its &amp;fingerprint:</source>
        <translation>Son &amp;empreinte :</translation>
    </message>
    <message>
        <source>Its authority:</source>
        <translation>Son autorité :</translation>
    </message>
    <message>
        <source>Its authority</source>
        <translation>Son autorité</translation>
    </message>
    <message>
        <source>Certificate of its authority</source>
        <translation>Certificat de son autorité</translation>
    </message>
    <message>
        <source>My certificate:</source>
        <translation>Mon certificat :</translation>
    </message>
    <message>
        <source>My certificate</source>
        <translation>Mon certificat</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Certificat client</translation>
    </message>
    <message>
        <source>My private key:</source>
        <translation>Ma clé privée :</translation>
    </message>
    <message>
        <source>My private key</source>
        <translation>Ma clé privée</translation>
    </message>
    <message>
        <source>Private key of the client certificate</source>
        <translation>Clé privée du certificat client</translation>
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
        <translation>Sessions</translation>
    </message>
    <message>
        <source>Logins</source>
        <translation>Connexions</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Expirées</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Conflits</translation>
    </message>
    <message>
        <source>Answer time</source>
        <translation>Temps de réponse</translation>
    </message>
    <message>
        <source>Sessions that got a user</source>
        <translation>Sessions qui ont reçu un utilisateur</translation>
    </message>
    <message>
        <source>Edits of this window that met a newer session</source>
        <translation>Modifications de cette fenêtre qui ont rencontré une session plus récente</translation>
    </message>
    <message>
        <source>How long the store takes to answer</source>
        <translation>Le temps que met le stockage à répondre</translation>
    </message>
    <message>
        <source>Time that is shown</source>
        <translation>Durée affichée</translation>
    </message>
    <message>
        <source>Last 5 minutes</source>
        <translation>5 dernières minutes</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Dernière heure</translation>
    </message>
    <message>
        <source>Since it was opened</source>
        <translation>Depuis l’ouverture</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Enregistrer…</translation>
    </message>
    <message>
        <source>As a picture (PNG) or as a table (CSV)</source>
        <translation>Comme image (PNG) ou comme tableau (CSV)</translation>
    </message>
    <message>
        <source>now %1, max. %2</source>
        <translation>maintenant %1, max. %2</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>%1 en tout</translation>
    </message>
    <message>
        <source>Save what is shown</source>
        <translation>Enregistrer ce qui est affiché</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Image (*.png)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tableau (*.csv)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Enregistré sous %1.</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Non enregistré : %1</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>As a double click or the key 0</source>
        <translation>Comme un double-clic ou la touche 0</translation>
    </message>
    <message>
        <source>max. %1</source>
        <translation>max. %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 à %2</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::DetailPanel</name>
    <message>
        <source>Attributes</source>
        <translation>Attributs</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>Chronologie</translation>
    </message>
    <message>
        <source>Not renamed: there is an attribute %1 already.</source>
        <translation>Non renommé&#xa0;: l’attribut %1 existe déjà.</translation>
    </message>
    <message>
        <source>Rename %1 to %2 in %3</source>
        <translation>Renommer %1 en %2 dans %3</translation>
    </message>
    <message>
        <source>No session selected</source>
        <translation>Aucune session sélectionnée</translation>
    </message>
    <message>
        <source>Select one in the table to see its attributes, times and what happened to it.</source>
        <translation>Sélectionnez-en une dans le tableau pour voir ses attributs, ses dates et son historique.</translation>
    </message>
    <message>
        <source>This session has ended. What is known of it is in the time line.</source>
        <translation>Cette session est terminée. Ce qu’on en sait figure dans la chronologie.</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>Session %1</translation>
    </message>
    <message>
        <source>no user</source>
        <translation>sans utilisateur</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes</source>
        <translation>
            <numerusform>%Ln attribut</numerusform>
            <numerusform>%Ln attributs</numerusform>
        </translation>
    </message>
    <message>
        <source>a fresh id is due on the next request</source>
        <translation>nouvel identifiant à la prochaine requête</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>Changed by somebody else meanwhile</source>
        <translation>Modifié entre-temps par quelqu’un d’autre</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Non enregistré&#xa0;: %1</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln attributes of %1</source>
        <translation>
            <numerusform>Modifier %Ln attribut de %1</numerusform>
            <numerusform>Modifier %Ln attributs de %1</numerusform>
        </translation>
    </message>
    <message>
        <source>JSON •</source>
        <comment>with text that is not applied yet</comment>
        <translation>JSON •</translation>
    </message>
    <message>
        <source>This id was replaced. The session went on as %1.</source>
        <translation>Cet identifiant a été remplacé. La session a continué sous %1.</translation>
    </message>
    <message>
        <source>Show that session</source>
        <translation>Afficher cette session</translation>
    </message>
    <message>
        <source>Watch</source>
        <comment>what requests do to the session</comment>
        <translation>Suivi</translation>
    </message>
    <message>
        <source>All sessions of this user over time</source>
        <translation>Toutes les sessions de cet utilisateur au fil du temps</translation>
    </message>
    <message>
        <source>Keep this session in sight beside others</source>
        <translation>Garder cette session en vue à côté d’autres</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes differ from the other session</source>
        <translation>
            <numerusform>%Ln attribut diffère de l’autre session</numerusform>
            <numerusform>%Ln attributs diffèrent de l’autre session</numerusform>
        </translation>
    </message>
    <message>
        <source>the same attributes as the other session</source>
        <translation>les mêmes attributs que l’autre session</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ExpiryDialog</name>
    <message>
        <source>Set expiry</source>
        <translation>Définir l’expiration</translation>
    </message>
    <message>
        <source>Session %1 ends</source>
        <translation>La session %1 se termine</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions end</source>
        <translation>
            <numerusform>%Ln session se termine</numerusform>
            <numerusform>%Ln sessions se terminent</numerusform>
        </translation>
    </message>
    <message>
        <source>after &amp;inactivity of</source>
        <translation>après une &amp;inactivité de</translation>
    </message>
    <message>
        <source>Idle time</source>
        <translation>Délai d’inactivité</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>secondes</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>minutes</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>heures</translation>
    </message>
    <message>
        <source>days</source>
        <translation>jours</translation>
    </message>
    <message>
        <source>Unit of the idle time</source>
        <translation>Unité du délai d’inactivité</translation>
    </message>
    <message>
        <source>&amp;at</source>
        <translation>&amp;le</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>Échéance</translation>
    </message>
    <message>
        <source>when the &amp;browser closes</source>
        <translation>à la fermeture du &amp;navigateur</translation>
    </message>
    <message>
        <source>as the a&amp;pplication decides</source>
        <translation>selon l’a&amp;pplication</translation>
    </message>
    <message>
        <source>Set &amp;expiry</source>
        <translation>Définir l’&amp;expiration</translation>
    </message>
    <message numerus="yes">
        <source>Set &amp;expiry of %Ln sessions</source>
        <translation>
            <numerusform>Définir l’&amp;expiration de %Ln session</numerusform>
            <numerusform>Définir l’&amp;expiration de %Ln sessions</numerusform>
        </translation>
    </message>
    <message>
        <source>This moment has passed: the session ends at once.</source>
        <translation>Ce moment est passé&#xa0;: la session se termine aussitôt.</translation>
    </message>
    <message>
        <source>It ends at %1 at the latest: that is the absolute end of its life.</source>
        <translation>Elle se termine au plus tard le %1&#xa0;: c’est la fin absolue de sa durée de vie.</translation>
    </message>
    <message>
        <source>Requests of the visitor do not move this deadline.</source>
        <translation>Les requêtes du visiteur ne déplacent pas cette échéance.</translation>
    </message>
    <message>
        <source>Each request of the visitor moves the deadline.</source>
        <translation>Chaque requête du visiteur déplace l’échéance.</translation>
    </message>
    <message>
        <source>The idle time of the application holds from the visitor&apos;s next request on.</source>
        <translation>Le délai d’inactivité de l’application s’applique dès la prochaine requête du visiteur.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Histogram</name>
    <message>
        <source>A click shows the sessions of this time in the table</source>
        <translation>Un clic affiche dans le tableau les sessions de cette période</translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <translation>%1 à %2&#xa0;: %3</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>rien encore</translation>
    </message>
    <message>
        <source>max. %1</source>
        <translation>max. %1</translation>
    </message>
    <message>
        <source>later: %1</source>
        <translation>plus tard&#xa0;: %1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnu</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ImportDialog</name>
    <message>
        <source>expired, left out</source>
        <translation>expirée, ignorée</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nouvelle</translation>
    </message>
    <message>
        <source>in the store, newer there</source>
        <translation>plus récente dans le stockage</translation>
    </message>
    <message>
        <source>in the store, older there</source>
        <translation>plus ancienne dans le stockage</translation>
    </message>
    <message>
        <source>in the store, the same</source>
        <translation>identique dans le stockage</translation>
    </message>
    <message>
        <source>Import snapshot</source>
        <translation>Importer un instantané</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions are new.</source>
        <translation>
            <numerusform>%Ln session est nouvelle.</numerusform>
            <numerusform>%Ln sessions sont nouvelles.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions are in the store already.</source>
        <translation>
            <numerusform>%Ln session est déjà dans le stockage.</numerusform>
            <numerusform>%Ln sessions sont déjà dans le stockage.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions have expired and are left out.</source>
        <translation>
            <numerusform>%Ln session a expiré et est ignorée.</numerusform>
            <numerusform>%Ln sessions ont expiré et sont ignorées.</numerusform>
        </translation>
    </message>
    <message>
        <source>The snapshot has no session.</source>
        <translation>L’instantané ne contient aucune session.</translation>
    </message>
    <message>
        <source>Import %1 into %2?</source>
        <translation>Importer %1 dans %2&#x202f;?</translation>
    </message>
    <message>
        <source>Sessions of the snapshot</source>
        <translation>Sessions de l’instantané</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Création</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Dernière activité</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>What would happen</source>
        <translation>À l’import</translation>
    </message>
    <message>
        <source>The first %1 sessions of the file are listed.</source>
        <translation>Les %1 premières sessions du fichier sont affichées.</translation>
    </message>
    <message>
        <source>An import cannot be undone.</source>
        <translation>Une importation ne peut pas être annulée.</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %Ln new sessions</source>
        <translation>
            <numerusform>&amp;Importer %Ln nouvelle session</numerusform>
            <numerusform>&amp;Importer %Ln nouvelles sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import &amp;all, replacing %Ln</source>
        <translation>
            <numerusform>Importer &amp;tout et remplacer %Ln session</numerusform>
            <numerusform>Importer &amp;tout et remplacer %Ln sessions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::JsonPage</name>
    <message>
        <source>Attributes as JSON</source>
        <translation>Attributs en JSON</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>App&amp;liquer</translation>
    </message>
    <message>
        <source>Writes what differs (%1)</source>
        <translation>Écrit ce qui diffère (%1)</translation>
    </message>
    <message>
        <source>&amp;Revert</source>
        <translation>A&amp;bandonner</translation>
    </message>
    <message>
        <source>Not applied yet.</source>
        <translation>Pas encore appliqué.</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>Ligne %1, colonne %2&#xa0;: %3</translation>
    </message>
    <message>
        <source>the attributes must be one object</source>
        <translation>les attributs doivent former un seul objet</translation>
    </message>
    <message>
        <source>Values that are hidden have moved. Press “Show secrets” on the page “Attributes”, then edit again.</source>
        <translation>Des valeurs masquées ont changé de place. Cliquez sur «&#xa0;Afficher les secrets&#xa0;» dans la page «&#xa0;Attributs&#xa0;», puis modifiez à nouveau.</translation>
    </message>
    <message>
        <source>What you typed is hidden, as secrets may be in it. Press “Show secrets” on the page “Attributes” to go on.</source>
        <translation>Ce que vous avez saisi est masqué, car cela peut contenir des secrets. Cliquez sur «&#xa0;Afficher les secrets&#xa0;» dans la page «&#xa0;Attributs&#xa0;» pour continuer.</translation>
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
        <translation>booléen</translation>
    </message>
    <message>
        <source>number</source>
        <translation>nombre</translation>
    </message>
    <message>
        <source>text</source>
        <translation>texte</translation>
    </message>
    <message>
        <source>list</source>
        <translation>liste</translation>
    </message>
    <message>
        <source>object</source>
        <translation>objet</translation>
    </message>
    <message>
        <source>Not saved: %1 is not JSON. Write text in quotes.</source>
        <translation>Non enregistré&#xa0;: %1 n’est pas du JSON. Mettez le texte entre guillemets.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Not added: %1 is there already.</source>
        <translation>Non ajouté&#xa0;: %1 existe déjà.</translation>
    </message>
    <message>
        <source>Not renamed: %1 is there already.</source>
        <translation>Non renommé&#xa0;: %1 existe déjà.</translation>
    </message>
    <message>
        <source>Not in the other session</source>
        <translation>Absent de l’autre session</translation>
    </message>
    <message>
        <source>In the other session: %1</source>
        <translation>Dans l’autre session : %1</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::LaneChart</name>
    <message>
        <source>Sessions over time</source>
        <translation>Sessions au fil du temps</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>not this user&apos;s any more</source>
        <translation>n’appartient plus à cet utilisateur</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>De %1</translation>
    </message>
    <message>
        <source>Last seen %1</source>
        <translation>Vue le %1</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Jusqu’à %1</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::MainWindow</name>
    <message>
        <source>Shows and changes the sessions of web applications, live.</source>
        <translation>Montre et modifie en direct les sessions des applications web.</translation>
    </message>
    <message>
        <source>Stores to open: sqlite:PATH, redis://HOST, live:NAME, memory:, or snapshot files.</source>
        <translation>Stockages à ouvrir&#xa0;: sqlite:CHEMIN, redis://HÔTE, live:NOM, memory: ou des fichiers d’instantané.</translation>
    </message>
    <message>
        <source>Open every store for reading only.</source>
        <translation>Ouvrir tous les stockages en lecture seule.</translation>
    </message>
    <message>
        <source>light or dark, whatever the system says.</source>
        <translation>light ou dark, quoi que dise le système.</translation>
    </message>
    <message>
        <source>Try --help.</source>
        <translation>Voir --help.</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>Afficher cette aide.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Afficher la version.</translation>
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
        <translation>La démo tourne à %1. Ouvrez-la dans un navigateur et suivez ici ses sessions.</translation>
    </message>
    <message>
        <source>Save activity log</source>
        <translation>Enregistrer le journal</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Texte (*.txt)</translation>
    </message>
    <message>
        <source>About Sojourn Inspector</source>
        <translation>À propos de Sojourn Inspector</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Panneaux</translation>
    </message>
    <message>
        <source>Sojourn Inspector %1</source>
        <translation>Sojourn Inspector %1</translation>
    </message>
    <message>
        <source>Sessions of QHttpServer applications, live.

MIT licence. Uses Qt under the LGPL.</source>
        <translation>Les sessions des applications QHttpServer, en direct.

Licence MIT. Utilise Qt sous LGPL.</translation>
    </message>
    <message>
        <source>What was typed here is not saved yet. Save it or take it back, then move the tab.</source>
        <translation>Ce qui a été tapé ici n’est pas encore enregistré. Enregistrez-le ou annulez-le, puis déplacez l’onglet.</translation>
    </message>
    <message>
        <source>This session belongs to no user.</source>
        <translation>Cette session n’appartient à aucun utilisateur.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Overview</name>
    <message>
        <source>Sessions by age</source>
        <translation>Sessions par âge</translation>
    </message>
    <message>
        <source>Events of the last minute</source>
        <translation>Événements (1&#xa0;min)</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>Largest sessions</source>
        <translation>Plus grandes sessions</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Largest attributes</source>
        <translation>Plus grands attributs</translation>
    </message>
    <message>
        <source>Count again</source>
        <translation>Recompter</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>No store is open.</source>
        <translation>Aucun stockage n’est ouvert.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Comptage…</translation>
    </message>
    <message>
        <source>No sessions.</source>
        <translation>Aucune session.</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Utilisateurs</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Sessions by deadline</source>
        <translation>Sessions par échéance</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln sessions looked at</source>
        <translation>
            <numerusform>%1 session sur %Ln parcourue</numerusform>
            <numerusform>%1 sessions sur %Ln parcourues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions, %1 without a user, %2 of attributes, %3 each on average, as of %4</source>
        <translation>
            <numerusform>%Ln session, %1 sans utilisateur, %2 d’attributs, %3 en moyenne, à %4</numerusform>
            <numerusform>%Ln sessions, %1 sans utilisateur, %2 d’attributs, %3 en moyenne, à %4</numerusform>
        </translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Contenu</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Au fil du temps</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::RotationBar</name>
    <message>
        <source>A visitor collects the fresh id with the next request.</source>
        <translation>Un visiteur reçoit le nouvel identifiant à la prochaine requête.</translation>
    </message>
    <message>
        <source>Show waiting</source>
        <translation>Afficher en attente</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>Rotation: %Ln asked</source>
        <translation>
            <numerusform>Rotation : %Ln demandée</numerusform>
            <numerusform>Rotation : %Ln demandées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln collected</source>
        <translation>
            <numerusform>, %Ln reçue</numerusform>
            <numerusform>, %Ln reçues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln waiting</source>
        <translation>
            <numerusform>, %Ln en attente</numerusform>
            <numerusform>, %Ln en attente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln ended</source>
        <translation>
            <numerusform>, %Ln terminée</numerusform>
            <numerusform>, %Ln terminées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revoke the %Ln waiting</source>
        <translation>
            <numerusform>Révoquer la %Ln en attente</numerusform>
            <numerusform>Révoquer les %Ln en attente</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SavedViews</name>
    <message>
        <source>Views</source>
        <translation>Vues</translation>
    </message>
    <message>
        <source>Searches that were saved by name</source>
        <translation>Recherches enregistrées sous un nom</translation>
    </message>
    <message>
        <source>&amp;Save this search…</source>
        <translation>&amp;Enregistrer cette recherche…</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>&amp;Oublier</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Enregistrer cette recherche</translation>
    </message>
    <message>
        <source>Name of the view. What stands in the search line is kept with it, names of users too:</source>
        <translation>Nom de la vue. Le contenu de la ligne de recherche est conservé avec elle, noms d’utilisateurs compris :</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SearchBar</name>
    <message>
        <source>Search: a user, a key, a cookie, role=admin, size&gt;10k, seen&lt;5m, around:15:00, &quot;text&quot;</source>
        <translation>Recherche : utilisateur, clé, cookie, role=admin, size&gt;10k, seen&lt;5m, around:15:00, &quot;texte&quot;</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Recherche</translation>
    </message>
    <message>
        <source>ann or user:ann – sessions of this user, with those that ended lately
key:WQ1a – whose key begins so; a whole key or a cookie as it is
role=admin, cart.total&gt;=100, has:role – by attributes
size&gt;10k, attributes&gt;50, seen&lt;5m, created&gt;2d, ends&lt;1h – by what the store knows
around:15:00 – that lived then; is:ended – by state
&quot;some text&quot; – in names and values of attributes
Up and down call back what was searched before.</source>
        <translation>ann ou user:ann – sessions de cet utilisateur, y compris celles terminées récemment
key:WQ1a – dont la clé commence ainsi ; une clé entière ou un cookie tel quel
role=admin, cart.total&gt;=100, has:role – par attributs
size&gt;10k, attributes&gt;50, seen&lt;5m, created&gt;2d, ends&lt;1h – par ce que sait le dépôt
around:15:00 – qui vivaient alors ; is:ended – par état
&quot;texte&quot; – dans les noms et valeurs des attributs
Haut et bas rappellent les recherches précédentes.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Show all sessions again</source>
        <translation>Afficher à nouveau toutes les sessions</translation>
    </message>
    <message>
        <source>Progress of the search</source>
        <translation>Progression de la recherche</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Do not filter by the deadline any more</source>
        <translation>Ne plus filtrer par échéance</translation>
    </message>
    <message>
        <source>ends %1 – %2</source>
        <translation>fin entre %1 et %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln found in %1 of %2</source>
        <translation>
            <numerusform>%Ln trouvée, %1 sur %2 parcourues</numerusform>
            <numerusform>%Ln trouvées, %1 sur %2 parcourues</numerusform>
        </translation>
    </message>
    <message>
        <source>Searching: %1</source>
        <translation>Recherche&#xa0;: %1</translation>
    </message>
    <message>
        <source>Not finished: %1. There may be more.</source>
        <translation>Non terminée&#xa0;: %1. Il peut y en avoir d’autres.</translation>
    </message>
    <message numerus="yes">
        <source>Sorted by %3: the first %Ln of %1 looked at, of %2 in all</source>
        <translation>
            <numerusform>Trié par %3 : la première, %1 sur %2 examinées</numerusform>
            <numerusform>Trié par %3 : les %Ln premières, %1 sur %2 examinées</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SessionModel</name>
    <message>
        <source>set aside</source>
        <translation>mise de côté</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>expirée</translation>
    </message>
    <message>
        <source>fresh id due</source>
        <translation>renouvellement prévu</translation>
    </message>
    <message>
        <source>active</source>
        <translation>active</translation>
    </message>
    <message>
        <source>rotate</source>
        <translation>renouveler</translation>
    </message>
    <message>
        <source>fixed deadline</source>
        <translation>échéance fixe</translation>
    </message>
    <message>
        <source>browser session</source>
        <translation>session du navigateur</translation>
    </message>
    <message>
        <source>own idle time</source>
        <translation>délai propre</translation>
    </message>
    <message>
        <source>The hash of the session id; the id itself is known only to the visitor&apos;s browser</source>
        <translation>Le condensé de l’identifiant de session&#x202f;; seul le navigateur du visiteur connaît l’identifiant lui-même</translation>
    </message>
    <message>
        <source>Time until the earlier of the idle and the absolute deadline</source>
        <translation>Temps restant jusqu’à la première des deux échéances (inactivité, absolue)</translation>
    </message>
    <message>
        <source>Time until the session ends if no request comes</source>
        <translation>Temps restant si aucune requête n’arrive</translation>
    </message>
    <message>
        <source>Time until the session ends whatever happens</source>
        <translation>Temps restant quoi qu’il arrive</translation>
    </message>
    <message>
        <source>Bytes of all attributes</source>
        <translation>Octets de tous les attributs</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Création</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Dernière activité</translation>
    </message>
    <message>
        <source>Expires in</source>
        <translation>Expire dans</translation>
    </message>
    <message>
        <source>Idle left</source>
        <translation>Reste (inactivité)</translation>
    </message>
    <message>
        <source>Absolute left</source>
        <translation>Reste (absolu)</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attributs</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Indicateurs</translation>
    </message>
    <message>
        <source>Click to sort.</source>
        <translation>Cliquer pour trier.</translation>
    </message>
    <message>
        <source>The store cannot sort by this column.</source>
        <translation>Le stockage ne peut pas trier selon cette colonne.</translation>
    </message>
    <message>
        <source>Click to look for the first by this column.</source>
        <translation>Cliquez pour chercher les premières selon cette colonne.</translation>
    </message>
    <message>
        <source>The attribute %1. Click to look for the first by this column.</source>
        <translation>L’attribut %1. Cliquez pour chercher les premières selon cette colonne.</translation>
    </message>
    <message>
        <source>What the visitor calls the device</source>
        <translation>Le nom que le visiteur donne à l’appareil</translation>
    </message>
    <message>
        <source>Where the visitor was seen last</source>
        <translation>Où le visiteur a été vu en dernier</translation>
    </message>
    <message>
        <source>Browser and system, by what the browser calls itself</source>
        <translation>Navigateur et système, d’après ce que le navigateur annonce</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>Navigateur</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SessionView</name>
    <message>
        <source>Sessions</source>
        <translation>Sessions</translation>
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
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Snapshots (*.json *.jsonl *.json.gz *.jsonl.gz)</source>
        <translation>Instantanés (*.json *.jsonl *.json.gz *.jsonl.gz)</translation>
    </message>
    <message>
        <source>Open snapshot</source>
        <translation>Ouvrir un instantané</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>Ouverture de %1…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Sessions that have ended have left the store: there is nothing to export.</source>
        <translation>Les sessions terminées ont quitté le stockage&#xa0;: il n’y a rien à exporter.</translation>
    </message>
    <message>
        <source>Sessions that are set aside cannot be read, and so not be exported.</source>
        <translation>Les sessions mises de côté sont illisibles et ne peuvent donc pas être exportées.</translation>
    </message>
    <message>
        <source>The search is not finished: wait for it, or stop it to export what was found.</source>
        <translation>La recherche n’est pas terminée&#xa0;: attendez-la ou arrêtez-la pour exporter ce qui a été trouvé.</translation>
    </message>
    <message>
        <source>No session is shown.</source>
        <translation>Aucune session n’est affichée.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Export the selected sessions</source>
        <translation>Exporter les sessions sélectionnées</translation>
    </message>
    <message>
        <source>Export the sessions that are shown</source>
        <translation>Exporter les sessions affichées</translation>
    </message>
    <message>
        <source>JSON (*.json);;JSON lines (*.jsonl);;Packed JSON (*.json.gz);;Packed JSON lines (*.jsonl.gz)</source>
        <translation>JSON (*.json);;Lignes JSON (*.jsonl);;JSON compressé (*.json.gz);;Lignes JSON compressées (*.jsonl.gz)</translation>
    </message>
    <message>
        <source>Exporting sessions of %1…</source>
        <translation>Export des sessions de %1…</translation>
    </message>
    <message>
        <source>Export to %1</source>
        <translation>Export vers %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln session</numerusform>
            <numerusform>%Ln sessions</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>Lecture de %1…</translation>
    </message>
    <message>
        <source>Importing %1…</source>
        <translation>Import de %1…</translation>
    </message>
    <message>
        <source>Import of %1</source>
        <translation>Import de %1</translation>
    </message>
    <message>
        <source>Import snapshot into %1</source>
        <translation>Importer un instantané dans %1</translation>
    </message>
    <message numerus="yes">
        <source>, %Ln had ended meanwhile</source>
        <translation>
            <numerusform>, %Ln terminée entre-temps</numerusform>
            <numerusform>, %Ln terminées entre-temps</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 exists already: nothing was written. Choose that name to replace it.</source>
        <translation>%1 existe déjà&#xa0;: rien n’a été écrit. Choisissez ce nom pour le remplacer.</translation>
    </message>
    <message numerus="yes">
        <source>stopped after %Ln sessions</source>
        <translation>
            <numerusform>arrêté après %Ln session</numerusform>
            <numerusform>arrêté après %Ln sessions</numerusform>
        </translation>
    </message>
    <message>
        <source>; the search was not finished, there may be more</source>
        <translation>&#x202f;; la recherche n’était pas terminée, il peut y en avoir d’autres</translation>
    </message>
    <message>
        <source>%1 is part of an SQLite database: nothing was written. Choose another name.</source>
        <translation>%1 fait partie d’une base de données SQLite&#xa0;: rien n’a été écrit. Choisissez un autre nom.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StatusLine</name>
    <message>
        <source>The zone of all times that are shown</source>
        <translation>Fuseau horaire de toutes les heures affichées</translation>
    </message>
    <message>
        <source>%1: connecting…</source>
        <translation>%1&#xa0;: connexion…</translation>
    </message>
    <message>
        <source>%1: not connected, trying again</source>
        <translation>%1&#xa0;: non connecté, nouvelle tentative</translation>
    </message>
    <message>
        <source>%1: connected, %2 ms</source>
        <translation>%1&#xa0;: connecté, %2&#xa0;ms</translation>
    </message>
    <message>
        <source>%1: connected to %3, %2 ms</source>
        <translation>%1&#xa0;: connecté à %3, %2&#xa0;ms</translation>
    </message>
    <message>
        <source>%1 events/s</source>
        <translation>%1&#xa0;événements/s</translation>
    </message>
    <message>
        <source>writable</source>
        <translation>modifiable</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>lecture seule</translation>
    </message>
    <message>
        <source>The time of the store, in the zone of all times that are shown.
Local: %1
UTC: %2</source>
        <translation>L’heure du dépôt, dans le fuseau de toutes les heures affichées.
Locale : %1
UTC : %2</translation>
    </message>
    <message>
        <source>%1: connected to %2, trying again</source>
        <translation>%1&#xa0;: connecté à %2, nouvel essai</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreActions</name>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln session</numerusform>
            <numerusform>%Ln sessions</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>214 sessions of ann</comment>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>214 sessions of 31 users</comment>
        <translation>%1 de %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln users</source>
        <translation>
            <numerusform>%Ln utilisateur</numerusform>
            <numerusform>%Ln utilisateurs</numerusform>
        </translation>
    </message>
    <message>
        <source>Counting sessions</source>
        <translation>Comptage des sessions</translation>
    </message>
    <message>
        <source>%1 in %2?</source>
        <comment>Delete 214 sessions of 31 users in shop?</comment>
        <translation>%1 dans %2&#x202f;?</translation>
    </message>
    <message>
        <source>Name of the store</source>
        <translation>Nom du stockage</translation>
    </message>
    <message>
        <source>Set expiry of %1</source>
        <translation>Définir l’expiration de %1</translation>
    </message>
    <message>
        <source>Extend %1 by %2</source>
        <translation>Prolonger %1 de %2</translation>
    </message>
    <message>
        <source>Expire %1 now</source>
        <translation>Faire expirer %1 maintenant</translation>
    </message>
    <message>
        <source>Their visitors are logged out with the next request.</source>
        <translation>Leurs visiteurs seront déconnectés à la prochaine requête.</translation>
    </message>
    <message>
        <source>Each visitor stays logged in and gets a fresh id with the next request; the old id is dead then.</source>
        <translation>Chaque visiteur reste connecté et reçoit un nouvel identifiant à la prochaine requête&#x202f;; l’ancien n’est alors plus valable.</translation>
    </message>
    <message>
        <source>Clear all attributes of %1</source>
        <translation>Vider tous les attributs de %1</translation>
    </message>
    <message>
        <source>Ids, users and deadlines stay; everything else of these sessions goes.</source>
        <translation>Identifiants, utilisateurs et échéances restent&#x202f;; tout le reste de ces sessions disparaît.</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Supprimer %1</translation>
    </message>
    <message>
        <source>Revoke %1</source>
        <translation>Révoquer %1</translation>
    </message>
    <message>
        <source>The user is logged out everywhere, with the next request of each visitor.</source>
        <translation>L’utilisateur est déconnecté partout, à la prochaine requête de chaque visiteur.</translation>
    </message>
    <message>
        <source>Rotate %1 on the next request</source>
        <translation>Renouveler %1 à la prochaine requête</translation>
    </message>
    <message>
        <source>Their deadlines move by that much; use moves them on as before.</source>
        <translation>Leurs échéances sont repoussées d’autant&#x202f;; l’utilisation continue de les repousser comme avant.</translation>
    </message>
    <message>
        <source>This is more than %1 sessions and cannot be undone.</source>
        <translation>Cela fait plus de %1 sessions et ne peut pas être annulé.</translation>
    </message>
    <message>
        <source>It can be undone as long as this tab is open.</source>
        <translation>Cela peut être annulé tant que cet onglet est ouvert.</translation>
    </message>
    <message>
        <source>This is production. Type the name of the store, %1, to go on:</source>
        <translation>Environnement de production. Tapez le nom du stockage, %1, pour continuer&#xa0;:</translation>
    </message>
    <message>
        <source>These sessions are too large for it to be undone.</source>
        <translation>Ces sessions sont trop volumineuses pour que cela puisse être annulé.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions of %1 were ended.</source>
        <translation>
            <numerusform>%Ln session de %1 a été terminée.</numerusform>
            <numerusform>%Ln sessions de %1 ont été terminées.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreEditor</name>
    <message>
        <source>The session was changed by somebody else meanwhile.</source>
        <translation>La session a été modifiée entre-temps par quelqu’un d’autre.</translation>
    </message>
    <message>
        <source>This session has ended meanwhile; nothing was written.</source>
        <translation>Cette session s’est terminée entre-temps&#x202f;; rien n’a été écrit.</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Annuler&#xa0;: %1</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>Rétablir&#xa0;: %1</translation>
    </message>
    <message>
        <source>This session is there already; nothing was written.</source>
        <translation>Cette session existe déjà&#x202f;; rien n’a été écrit.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions ended</source>
        <translation>
            <numerusform>%Ln session terminée</numerusform>
            <numerusform>%Ln sessions terminées</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreList</name>
    <message>
        <source>Stores</source>
        <translation>Stockages</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Enregistrés</translation>
    </message>
    <message>
        <source>Running applications</source>
        <translation>Applications actives</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Instantanés</translation>
    </message>
    <message>
        <source>%1, open</source>
        <translation>%1, ouvert</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>name of a store, then its environment</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>aucune trouvée</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Ouvrir</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Modifier…</translation>
    </message>
    <message>
        <source>&amp;Remove from the side bar</source>
        <translation>&amp;Retirer de la barre latérale</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>Connect to one…</source>
        <translation>Se connecter…</translation>
    </message>
    <message>
        <source>Open or drop one…</source>
        <translation>Ouvrir ou déposer…</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreOpener</name>
    <message>
        <source>Connect</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Password of %1:</source>
        <translation>Mot de passe de %1&#xa0;:</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Not opened</source>
        <translation>Non ouvert</translation>
    </message>
    <message>
        <source>demo</source>
        <translation>démo</translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation>Lancer la démo</translation>
    </message>
    <message>
        <source>The demo did not start: %1</source>
        <translation>La démo n’a pas démarré : %1</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreTab</name>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <source>The sessions cannot be shown</source>
        <translation>Les sessions ne peuvent pas être affichées</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>Asking the store…</source>
        <translation>Interrogation du stockage…</translation>
    </message>
    <message>
        <source>No session matches the filter</source>
        <translation>Aucune session ne correspond au filtre</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Effacer le filtre</translation>
    </message>
    <message>
        <source>No session yet</source>
        <translation>Pas encore de session</translation>
    </message>
    <message>
        <source>Sessions appear here as soon as the application makes one. Open one of its pages in a browser.</source>
        <translation>Les sessions apparaissent ici dès que l’application en crée. Ouvrez une de ses pages dans un navigateur.</translation>
    </message>
    <message>
        <source>Make it read-only again</source>
        <translation>Repasser en lecture seule</translation>
    </message>
    <message>
        <source>Make it writable…</source>
        <translation>Rendre modifiable…</translation>
    </message>
    <message>
        <source>Find by cookie</source>
        <translation>Chercher par cookie</translation>
    </message>
    <message>
        <source>Value of the session cookie.
It is hashed here, sent nowhere and not kept:</source>
        <translation>Valeur du cookie de session.
Elle est hachée ici, n’est envoyée nulle part et n’est pas conservée&#xa0;:</translation>
    </message>
    <message>
        <source>This is no session cookie: its value must be 22 letters, digits, - and _.</source>
        <translation>Ce n’est pas un cookie de session&#xa0;: sa valeur doit compter 22 lettres, chiffres, - et _.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln session</numerusform>
            <numerusform>%Ln sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln sessions</source>
        <translation>
            <numerusform>%1 session sur %Ln</numerusform>
            <numerusform>%1 sessions sur %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions are in the store.</source>
        <translation>
            <numerusform>%Ln session est dans le stockage.</numerusform>
            <numerusform>%Ln sessions sont dans le stockage.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln ended</source>
        <translation>
            <numerusform>, %Ln terminée</numerusform>
            <numerusform>, %Ln terminées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln new outside this view (F5)</source>
        <translation>
            <numerusform>, %Ln nouvelle hors de la vue (F5)</numerusform>
            <numerusform>, %Ln nouvelles hors de la vue (F5)</numerusform>
        </translation>
    </message>
    <message>
        <source>Edit connection…</source>
        <translation>Modifier la connexion…</translation>
    </message>
    <message>
        <source>Made writable</source>
        <translation>Passé en écriture</translation>
    </message>
    <message>
        <source>Made read-only</source>
        <translation>Passé en lecture seule</translation>
    </message>
    <message>
        <source>Make %1 writable</source>
        <translation>Passer %1 en écriture</translation>
    </message>
    <message>
        <source>What you change takes effect for visitors at once. The store is read-only again when its tab closes.</source>
        <translation>Vos modifications prennent effet aussitôt pour les visiteurs. Le stockage redevient en lecture seule à la fermeture de son onglet.</translation>
    </message>
    <message>
        <source>&amp;Make it writable</source>
        <translation>&amp;Passer en écriture</translation>
    </message>
    <message>
        <source>Counting sessions: %1</source>
        <translation>Décompte des sessions&#xa0;: %1</translation>
    </message>
    <message>
        <source>Make it writable</source>
        <translation>Passer en écriture</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>%1 is production. Make it writable?</source>
        <translation>%1 est en production. Passer en écriture&#x202f;?</translation>
    </message>
    <message>
        <source> (search not finished)</source>
        <translation> (recherche non terminée)</translation>
    </message>
    <message numerus="yes">
        <source>, %Ln selected</source>
        <translation>
            <numerusform>, %Ln sélectionnée</numerusform>
            <numerusform>, %Ln sélectionnées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln of them out of sight</source>
        <translation>
            <numerusform>, dont %Ln hors de vue</numerusform>
            <numerusform>, dont %Ln hors de vue</numerusform>
        </translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>Non connecté.</translation>
    </message>
    <message>
        <source>%1 Trying again by itself.</source>
        <translation>%1 Nouvelles tentatives automatiques.</translation>
    </message>
    <message>
        <source>Production, writable.</source>
        <translation>Production, en écriture.</translation>
    </message>
    <message>
        <source>%1 can be changed.</source>
        <translation>%1 peut être modifié.</translation>
    </message>
    <message>
        <source>This ends with the tab.</source>
        <translation>Cela prend fin avec l’onglet.</translation>
    </message>
    <message>
        <source>Production, read-only.</source>
        <translation>Production, lecture seule.</translation>
    </message>
    <message>
        <source>Read-only.</source>
        <translation>Lecture seule.</translation>
    </message>
    <message>
        <source>Nothing here can be changed by accident.</source>
        <translation>Rien ici ne peut être modifié par accident.</translation>
    </message>
    <message>
        <source>Nothing in it can be changed.</source>
        <translation>Rien ne peut y être modifié.</translation>
    </message>
    <message>
        <source>The session is in the panel. In the table the filter hides it, or it is farther down.</source>
        <translation>La session est dans le panneau. Dans le tableau, le filtre la masque, ou elle se trouve plus bas.</translation>
    </message>
    <message>
        <source>Nothing is known of this cookie: this store did not issue it, or so long ago that its history is gone.</source>
        <translation>Rien n’est connu de ce cookie&#xa0;: ce stockage ne l’a pas émis, ou il y a si longtemps que son historique a disparu.</translation>
    </message>
    <message>
        <source>No living session has this cookie. The time line says how it ended.</source>
        <translation>Aucune session vivante n’a ce cookie. La chronologie dit comment elle s’est terminée.</translation>
    </message>
    <message>
        <source>Show an attribute as column</source>
        <translation>Afficher un attribut en colonne</translation>
    </message>
    <message>
        <source>Name of the attribute, as in role or cart.total:</source>
        <translation>Nom de l’attribut, comme role ou cart.total :</translation>
    </message>
    <message>
        <source>Connected again.</source>
        <translation>De nouveau connecté.</translation>
    </message>
    <message>
        <source>Another store may answer at this address now: what was done before can no longer be undone.</source>
        <translation>Un autre stockage répond peut-être à cette adresse maintenant : ce qui a été fait avant ne peut plus être annulé.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreTabs</name>
    <message>
        <source>Open stores</source>
        <translation>Stockages ouverts</translation>
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
        <translation>Chronologie</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Événement</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Dernière activité</translation>
    </message>
    <message>
        <source>Came into this store</source>
        <translation>Arrivée dans ce stockage</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Création</translation>
    </message>
    <message>
        <source>Nothing is known of this session.</source>
        <translation>On ne sait rien de cette session.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::TimesPage</name>
    <message>
        <source>Created:</source>
        <translation>Création&#xa0;:</translation>
    </message>
    <message>
        <source>Last seen:</source>
        <translation>Dernière activité&#xa0;:</translation>
    </message>
    <message>
        <source>Ends:</source>
        <translation>Fin&#xa0;:</translation>
    </message>
    <message>
        <source>Ends in:</source>
        <translation>Se termine dans&#xa0;:</translation>
    </message>
    <message>
        <source>Absolute end:</source>
        <translation>Fin absolue&#xa0;:</translation>
    </message>
    <message>
        <source>Expiry:</source>
        <translation>Expiration&#xa0;:</translation>
    </message>
    <message>
        <source>Id handed out:</source>
        <translation>Identifiant remis&#xa0;:</translation>
    </message>
    <message>
        <source>Fresh id:</source>
        <translation>Nouvel identifiant&#xa0;:</translation>
    </message>
    <message>
        <source>Version:</source>
        <translation>Version&#xa0;:</translation>
    </message>
    <message>
        <source>Size:</source>
        <translation>Taille&#xa0;:</translation>
    </message>
    <message>
        <source>Visit:</source>
        <translation>Visite&#xa0;:</translation>
    </message>
    <message>
        <source>Set e&amp;xpiry…</source>
        <translation>Définir l’e&amp;xpiration…</translation>
    </message>
    <message>
        <source>Expire &amp;now</source>
        <translation>Faire expirer mainte&amp;nant</translation>
    </message>
    <message>
        <source>realm %1</source>
        <translation>domaine %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>due on the visitor&apos;s next request</source>
        <translation>à la prochaine requête du visiteur</translation>
    </message>
    <message>
        <source>not asked for</source>
        <translation>non demandé</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::UnfinishedWork</name>
    <message>
        <source>%1: %2 %</source>
        <translation>%1&#xa0;: %2&#xa0;%</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1&#xa0;: %2 sur %3</translation>
    </message>
    <message>
        <source>What was typed in %1 has not been saved.</source>
        <translation>Ce qui a été tapé dans %1 n’est pas enregistré.</translation>
    </message>
    <message>
        <source>Work is under way</source>
        <translation>Un travail est en cours</translation>
    </message>
    <message>
        <source>What has been done stays done, but cannot be taken back any more.</source>
        <translation>Ce qui est fait reste fait, mais ne pourra plus être annulé.</translation>
    </message>
    <message>
        <source>&amp;Stop and close</source>
        <translation>&amp;Arrêter et fermer</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Continuer</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::UserPage</name>
    <message>
        <source>Sessions of %1 – %2</source>
        <comment>a user, then the name of the store</comment>
        <translation>Sessions de %1 – %2</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Événement</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>○ created   ● logged in   ◆ fresh id   ✕ ended   | last seen</source>
        <translation>○ créée   ● connexion   ◆ nouvel identifiant   ✕ terminée   | vue</translation>
    </message>
    <message>
        <source>&amp;Show session</source>
        <translation>&amp;Afficher la session</translation>
    </message>
    <message numerus="yes">
        <source>%Ln living sessions</source>
        <translation>
            <numerusform>%Ln session vivante</numerusform>
            <numerusform>%Ln sessions vivantes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln that have ended</source>
        <translation>
            <numerusform>%Ln terminée</numerusform>
            <numerusform>%Ln terminées</numerusform>
        </translation>
    </message>
    <message>
        <source>Shown are the %1 that were seen last.</source>
        <translation>Sont affichées les %1 vues en dernier.</translation>
    </message>
    <message>
        <source>Shown are the last %1 events.</source>
        <translation>Sont affichés les %1 derniers événements.</translation>
    </message>
    <message>
        <source>Nothing is known of this user.</source>
        <translation>On ne sait rien de cet utilisateur.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ValueDialog</name>
    <message>
        <source>Edit %1</source>
        <translation>Modifier %1</translation>
    </message>
    <message>
        <source>This value is written as JSON: text in quotes, with escapes.</source>
        <translation>Cette valeur s’écrit en JSON&#xa0;: texte entre guillemets, avec échappements.</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>Writes this value (%1)</source>
        <translation>Écrit cette valeur (%1)</translation>
    </message>
    <message>
        <source>What you typed is not saved. Save it, or cancel once more to drop it.</source>
        <translation>Ce que vous avez tapé n’est pas enregistré. Enregistrez-le, ou annulez encore une fois pour l’abandonner.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::WatchPage</name>
    <message>
        <source>Requests and changes</source>
        <translation>Requêtes et modifications</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>&amp;Effacer</translation>
    </message>
    <message>
        <source>Watching since %1. Requests and changes appear as they happen.</source>
        <translation>Suivie depuis %1. Les requêtes et modifications apparaissent à mesure.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Requête</translation>
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
        <translation>Les sessions des applications web, en direct&#xa0;: voir qui est connecté et pourquoi quelqu’un ne l’est pas, modifier le contenu d’une session, et revenir en arrière.</translation>
    </message>
    <message>
        <source>Try the &amp;demo</source>
        <translation>Essayer la &amp;démo</translation>
    </message>
    <message>
        <source>sojourn-demo was not found beside this program or in the search path.</source>
        <translation>sojourn-demo ne se trouve ni à côté de ce programme ni dans le chemin de recherche.</translation>
    </message>
    <message>
        <source>Starts a small web application with sessions and attaches to it.</source>
        <translation>Lance une petite application web avec des sessions et s’y connecte.</translation>
    </message>
    <message>
        <source>&amp;Connect to a store</source>
        <translation>Se &amp;connecter à un stockage</translation>
    </message>
    <message>
        <source>A SQLite file, Redis or Valkey, or an application that runs on this machine.</source>
        <translation>Un fichier SQLite, Redis ou Valkey, ou une application qui tourne sur cette machine.</translation>
    </message>
    <message>
        <source>Open a s&amp;napshot</source>
        <translation>Ouvrir un i&amp;nstantané</translation>
    </message>
    <message>
        <source>A file that was exported before; dropping it on the window does the same.</source>
        <translation>Un fichier exporté auparavant&#x202f;; le déposer sur la fenêtre revient au même.</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::WindowActions</name>
    <message>
        <source>&amp;Connect…</source>
        <translation>Se &amp;connecter…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>&amp;Open snapshot…</source>
        <translation>&amp;Ouvrir un instantané…</translation>
    </message>
    <message>
        <source>&amp;Export what is shown…</source>
        <translation>&amp;Exporter ce qui est affiché…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Export &amp;selected…</source>
        <translation>Exporter la sé&amp;lection…</translation>
    </message>
    <message>
        <source>&amp;Import snapshot…</source>
        <translation>&amp;Importer un instantané…</translation>
    </message>
    <message>
        <source>Save activity &amp;log…</source>
        <translation>Enregistrer le &amp;journal…</translation>
    </message>
    <message>
        <source>Close &amp;tab</source>
        <translation>Fermer l’ongle&amp;t</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtrer</translation>
    </message>
    <message>
        <source>&amp;Show all</source>
        <translation>&amp;Tout afficher</translation>
    </message>
    <message>
        <source>Find by &amp;cookie…</source>
        <translation>Chercher par &amp;cookie…</translation>
    </message>
    <message>
        <source>Find by cookie</source>
        <translation>Chercher par cookie</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Actualiser</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Actualiser</translation>
    </message>
    <message>
        <source>&amp;Next tab</source>
        <translation>O&amp;nglet suivant</translation>
    </message>
    <message>
        <source>&amp;Previous tab</source>
        <translation>Onglet p&amp;récédent</translation>
    </message>
    <message>
        <source>Move tab &amp;back to the first window</source>
        <translation>Ramener l’onglet dans la &amp;première fenêtre</translation>
    </message>
    <message>
        <source>Move tab to a new &amp;window</source>
        <translation>Déplacer l’onglet dans une nouvelle &amp;fenêtre</translation>
    </message>
    <message>
        <source>&amp;Edit attributes</source>
        <translation>Modifier les &amp;attributs</translation>
    </message>
    <message>
        <source>Set e&amp;xpiry…</source>
        <translation>Définir l’e&amp;xpiration…</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>Expiration</translation>
    </message>
    <message>
        <source>Extend by an &amp;hour</source>
        <translation>Prolonger d’une &amp;heure</translation>
    </message>
    <message>
        <source>Extend by a da&amp;y</source>
        <translation>Prolonger d’un &amp;jour</translation>
    </message>
    <message>
        <source>Expire &amp;now</source>
        <translation>Faire expirer mainte&amp;nant</translation>
    </message>
    <message>
        <source>&amp;Rotate on next request</source>
        <translation>&amp;Renouveler à la prochaine requête</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>Renouveler</translation>
    </message>
    <message>
        <source>C&amp;lear attributes</source>
        <translation>&amp;Vider les attributs</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Revoke &amp;all of the user</source>
        <translation>Révoquer &amp;toutes les sessions de l’utilisateur</translation>
    </message>
    <message>
        <source>Show only this &amp;user</source>
        <translation>N’afficher que cet &amp;utilisateur</translation>
    </message>
    <message>
        <source>Time li&amp;ne of the user</source>
        <translation>Chro&amp;nologie de l’utilisateur</translation>
    </message>
    <message>
        <source>&amp;Pin this session</source>
        <translation>É&amp;pingler cette session</translation>
    </message>
    <message>
        <source>&amp;Watch this session</source>
        <translation>&amp;Suivre cette session</translation>
    </message>
    <message>
        <source>&amp;Compare two sessions</source>
        <translation>&amp;Comparer deux sessions</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <source>Cop&amp;y key</source>
        <translation>Cop&amp;ier la clé</translation>
    </message>
    <message>
        <source>Expire &amp;now…</source>
        <translation>Faire expirer mainte&amp;nant…</translation>
    </message>
    <message>
        <source>&amp;Rotate on next request…</source>
        <translation>&amp;Renouveler à la prochaine requête…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Supprimer…</translation>
    </message>
    <message>
        <source>&amp;Writable</source>
        <translation>&amp;Modifiable</translation>
    </message>
    <message>
        <source>Compare &amp;stores and snapshots…</source>
        <translation>Comparer stockages et &amp;instantanés…</translation>
    </message>
    <message>
        <source>Start the &amp;demo</source>
        <translation>Lancer la &amp;démo</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>À &amp;propos</translation>
    </message>
    <message>
        <source>The visitors stay logged in and get a fresh id with their next request</source>
        <translation>Les visiteurs restent connectés et reçoivent un nouvel identifiant à leur prochaine requête</translation>
    </message>
    <message>
        <source>E&amp;xpiry</source>
        <translation>E&amp;xpiration</translation>
    </message>
    <message>
        <source>All that the filter sh&amp;ows</source>
        <translation>T&amp;outes les sessions filtrées</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Colonnes</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>Éd&amp;ition</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Sessions</source>
        <translation>&amp;Sessions</translation>
    </message>
    <message>
        <source>S&amp;tore</source>
        <translation>S&amp;tockage</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Aid&amp;e</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>&amp;Compare with %1, seen before</source>
        <translation>&amp;Comparer avec %1, vue auparavant</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>&amp;Annuler&#xa0;: %1</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>&amp;Rétablir&#xa0;: %1</translation>
    </message>
    <message>
        <source>Export what is shown</source>
        <translation>Exporter les sessions affichées</translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::WindowPanels</name>
    <message>
        <source>Stores</source>
        <translation>Stockages</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>At a glance</source>
        <translation>Vue d’ensemble</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Activité</translation>
    </message>
    <message>
        <source>S&amp;tores</source>
        <translation>Stoc&amp;kages</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Session</translation>
    </message>
    <message>
        <source>&amp;At a glance</source>
        <translation>&amp;Vue d’ensemble</translation>
    </message>
    <message>
        <source>Acti&amp;vity</source>
        <translation>Ac&amp;tivité</translation>
    </message>
    <message>
        <source>Pinned session</source>
        <translation>Session épinglée</translation>
    </message>
</context>
</TS>
