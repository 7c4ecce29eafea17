<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Format</name>
    <message numerus="yes">
        <source>{%Ln names}</source>
        <translation>
            <numerusform>{%Ln name}</numerusform>
            <numerusform>{%Ln names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>[%Ln items]</source>
        <translation>
            <numerusform>[%Ln item]</numerusform>
            <numerusform>[%Ln items]</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HiddenValues</name>
    <message numerus="yes">
        <source>(%Ln characters: edit them in the list)</source>
        <translation>
            <numerusform>(%Ln character: edit it in the list)</numerusform>
            <numerusform>(%Ln characters: edit them in the list)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::BulkJob</name>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>%Ln done</numerusform>
            <numerusform>%Ln done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln failed: %1</source>
        <translation>
            <numerusform>, %Ln failed: %1</numerusform>
            <numerusform>, %Ln failed: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln left out by the stop</source>
        <translation>
            <numerusform>, %Ln left out by the stop</numerusform>
            <numerusform>, %Ln left out by the stop</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln had ended already</source>
        <translation>
            <numerusform>, %Ln had ended already</numerusform>
            <numerusform>, %Ln had ended already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::CompareSessionsDialog</name>
    <message numerus="yes">
        <source>%Ln attributes differ.</source>
        <translation>
            <numerusform>%Ln attribute differs.</numerusform>
            <numerusform>%Ln attributes differ.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::CompareStoresDialog</name>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>%Ln added</numerusform>
            <numerusform>%Ln added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln removed</source>
        <translation>
            <numerusform>%Ln removed</numerusform>
            <numerusform>%Ln removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes</source>
        <translation>
            <numerusform>%Ln attribute</numerusform>
            <numerusform>%Ln attributes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ConnectionDialog</name>
    <message numerus="yes">
        <source>It answers: %Ln sessions, %1 ms.</source>
        <translation>
            <numerusform>It answers: %Ln session, %1 ms.</numerusform>
            <numerusform>It answers: %Ln sessions, %1 ms.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::DetailPanel</name>
    <message numerus="yes">
        <source>%Ln attributes</source>
        <translation>
            <numerusform>%Ln attribute</numerusform>
            <numerusform>%Ln attributes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln attributes of %1</source>
        <translation>
            <numerusform>Change %Ln attribute of %1</numerusform>
            <numerusform>Change %Ln attributes of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln attributes differ from the other session</source>
        <translation>
            <numerusform>%Ln attribute differs from the other session</numerusform>
            <numerusform>%Ln attributes differ from the other session</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreEditor</name>
    <message numerus="yes">
        <source>%Ln sessions ended</source>
        <translation>
            <numerusform>%Ln session ended</numerusform>
            <numerusform>%Ln sessions ended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ExpiryDialog</name>
    <message numerus="yes">
        <source>%Ln sessions end</source>
        <translation>
            <numerusform>%Ln session ends</numerusform>
            <numerusform>%Ln sessions end</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set &amp;expiry of %Ln sessions</source>
        <translation>
            <numerusform>Set &amp;expiry of %Ln session</numerusform>
            <numerusform>Set &amp;expiry of %Ln sessions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ImportDialog</name>
    <message numerus="yes">
        <source>%Ln sessions are new.</source>
        <translation>
            <numerusform>%Ln session is new.</numerusform>
            <numerusform>%Ln sessions are new.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions are in the store already.</source>
        <translation>
            <numerusform>%Ln session is in the store already.</numerusform>
            <numerusform>%Ln sessions are in the store already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions have expired and are left out.</source>
        <translation>
            <numerusform>%Ln session has expired and is left out.</numerusform>
            <numerusform>%Ln sessions have expired and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %Ln new sessions</source>
        <translation>
            <numerusform>&amp;Import %Ln new session</numerusform>
            <numerusform>&amp;Import %Ln new sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import &amp;all, replacing %Ln</source>
        <translation>
            <numerusform>Import &amp;all, replacing %Ln</numerusform>
            <numerusform>Import &amp;all, replacing %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::Overview</name>
    <message numerus="yes">
        <source>%1 of %Ln sessions looked at</source>
        <translation>
            <numerusform>%1 of %Ln session looked at</numerusform>
            <numerusform>%1 of %Ln sessions looked at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions, %1 without a user, %2 of attributes, %3 each on average, as of %4</source>
        <translation>
            <numerusform>%Ln session, %1 without a user, %2 of attributes, %3 each on average, as of %4</numerusform>
            <numerusform>%Ln sessions, %1 without a user, %2 of attributes, %3 each on average, as of %4</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::RotationBar</name>
    <message numerus="yes">
        <source>Rotation: %Ln asked</source>
        <translation>
            <numerusform>Rotation: %Ln asked</numerusform>
            <numerusform>Rotation: %Ln asked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln collected</source>
        <translation>
            <numerusform>, %Ln collected</numerusform>
            <numerusform>, %Ln collected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln waiting</source>
        <translation>
            <numerusform>, %Ln waiting</numerusform>
            <numerusform>, %Ln waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln ended</source>
        <translation>
            <numerusform>, %Ln ended</numerusform>
            <numerusform>, %Ln ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revoke the %Ln waiting</source>
        <translation>
            <numerusform>Revoke the %Ln waiting</numerusform>
            <numerusform>Revoke the %Ln waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SearchBar</name>
    <message numerus="yes">
        <source>%Ln found in %1 of %2</source>
        <translation>
            <numerusform>%Ln found in %1 of %2</numerusform>
            <numerusform>%Ln found in %1 of %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sorted by %3: the first %Ln of %1 looked at, of %2 in all</source>
        <translation>
            <numerusform>Sorted by %3: the first of %1 looked at, of %2 in all</numerusform>
            <numerusform>Sorted by %3: the first %Ln of %1 looked at, of %2 in all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SnapshotActions</name>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln session</numerusform>
            <numerusform>%Ln sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln had ended meanwhile</source>
        <translation>
            <numerusform>, %Ln had ended meanwhile</numerusform>
            <numerusform>, %Ln had ended meanwhile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>stopped after %Ln sessions</source>
        <translation>
            <numerusform>stopped after %Ln session</numerusform>
            <numerusform>stopped after %Ln sessions</numerusform>
        </translation>
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
    <message numerus="yes">
        <source>%Ln users</source>
        <translation>
            <numerusform>%Ln user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions of %1 were ended.</source>
        <translation>
            <numerusform>%Ln session of %1 was ended.</numerusform>
            <numerusform>%Ln sessions of %1 were ended.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreTab</name>
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
            <numerusform>%1 of %Ln session</numerusform>
            <numerusform>%1 of %Ln sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions are in the store.</source>
        <translation>
            <numerusform>%Ln session is in the store.</numerusform>
            <numerusform>%Ln sessions are in the store.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln ended</source>
        <translation>
            <numerusform>, %Ln ended</numerusform>
            <numerusform>, %Ln ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln new outside this view (F5)</source>
        <translation>
            <numerusform>, %Ln new outside this view (F5)</numerusform>
            <numerusform>, %Ln new outside this view (F5)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln selected</source>
        <translation>
            <numerusform>, %Ln selected</numerusform>
            <numerusform>, %Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln of them out of sight</source>
        <translation>
            <numerusform>, %Ln of them out of sight</numerusform>
            <numerusform>, %Ln of them out of sight</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::UserPage</name>
    <message numerus="yes">
        <source>%Ln living sessions</source>
        <translation>
            <numerusform>%Ln living session</numerusform>
            <numerusform>%Ln living sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln that have ended</source>
        <translation>
            <numerusform>%Ln that has ended</numerusform>
            <numerusform>%Ln that have ended</numerusform>
        </translation>
    </message>
</context>
</TS>
