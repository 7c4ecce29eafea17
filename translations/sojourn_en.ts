<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Format</name>
    <message numerus="yes">
        <source>{%n names}</source>
        <translation>
            <numerusform>{%n name}</numerusform>
            <numerusform>{%n names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>[%n items]</source>
        <translation>
            <numerusform>[%n item]</numerusform>
            <numerusform>[%n items]</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::BulkJob</name>
    <message numerus="yes">
        <source>%n done</source>
        <translation>
            <numerusform>%n done</numerusform>
            <numerusform>%n done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n failed: %1</source>
        <translation>
            <numerusform>, %n failed: %1</numerusform>
            <numerusform>, %n failed: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n left out by the stop</source>
        <translation>
            <numerusform>, %n left out by the stop</numerusform>
            <numerusform>, %n left out by the stop</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::CompareSessionsDialog</name>
    <message numerus="yes">
        <source>%n attributes differ.</source>
        <translation>
            <numerusform>%n attribute differs.</numerusform>
            <numerusform>%n attributes differ.</numerusform>
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
</context>
<context>
    <name>Sojourn::Inspector::ConnectionDialog</name>
    <message numerus="yes">
        <source>It answers: %n sessions, %1 ms.</source>
        <translation>
            <numerusform>It answers: %n session, %1 ms.</numerusform>
            <numerusform>It answers: %n sessions, %1 ms.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::DetailPanel</name>
    <message numerus="yes">
        <source>%n attributes</source>
        <translation>
            <numerusform>%n attribute</numerusform>
            <numerusform>%n attributes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %n attributes of %1</source>
        <translation>
            <numerusform>Change %n attribute of %1</numerusform>
            <numerusform>Change %n attributes of %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::ExpiryDialog</name>
    <message numerus="yes">
        <source>%n sessions end</source>
        <translation>
            <numerusform>%n session ends</numerusform>
            <numerusform>%n sessions end</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set &amp;expiry of %n sessions</source>
        <translation>
            <numerusform>Set &amp;expiry of %n session</numerusform>
            <numerusform>Set &amp;expiry of %n sessions</numerusform>
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
        <source>Import the %n new</source>
        <translation>
            <numerusform>Import the %n new</numerusform>
            <numerusform>Import the %n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import all, replacing %n</source>
        <translation>
            <numerusform>Import all, replacing %n</numerusform>
            <numerusform>Import all, replacing %n</numerusform>
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
        <source>%Ln sessions, %1 without a user, %2 of attributes, %3 each on average</source>
        <translation>
            <numerusform>%Ln session, %1 without a user, %2 of attributes, %3 on average</numerusform>
            <numerusform>%Ln sessions, %1 without a user, %2 of attributes, %3 each on average</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::SnapshotActions</name>
    <message numerus="yes">
        <source>%n sessions</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n had ended meanwhile</source>
        <translation>
            <numerusform>, %n had ended meanwhile</numerusform>
            <numerusform>, %n had ended meanwhile</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sojourn::Inspector::StoreActions</name>
    <message numerus="yes">
        <source>%n sessions</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n users</source>
        <translation>
            <numerusform>%n user</numerusform>
            <numerusform>%n users</numerusform>
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
        <source>%Ln found in %1 of %2</source>
        <translation>
            <numerusform>%Ln found in %1 of %2</numerusform>
            <numerusform>%Ln found in %1 of %2</numerusform>
        </translation>
    </message>
</context>
</TS>
