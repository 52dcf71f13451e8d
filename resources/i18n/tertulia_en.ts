<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>tertulia::ChatWindow</name>
        <message numerus="yes">
            <source>%1 is typing…</source>
            <translation>
                <numerusform>%1 is typing…</numerusform>
                <numerusform>%1 are typing…</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::ConnectionBanner</name>
        <message numerus="yes">
            <source>%n message(s) will be sent on return.</source>
            <translation>
                <numerusform>%n message will be sent on return.</numerusform>
                <numerusform>%n messages will be sent on return.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::ConnectionsPane</name>
        <message numerus="yes">
            <source>Kick %n connection(s)…</source>
            <translation>
                <numerusform>Kick %n connection…</numerusform>
                <numerusform>Kick %n connections…</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::DashboardWindow</name>
        <message numerus="yes">
            <source>%n person(s) will lose the connection. Stop all the same?</source>
            <translation>
                <numerusform>%n person will lose the connection. Stop all the same?</numerusform>
                <numerusform>%n people will lose the connection. Stop all the same?</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::DoorBar</name>
        <message numerus="yes">
            <source>%1 is at the door (%2), and %n more.</source>
            <translation>
                <numerusform>%1 is at the door (%2), and %n more.</numerusform>
                <numerusform>%1 is at the door (%2), and %n more.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::InviteDialog</name>
        <message numerus="yes">
            <source>%n inside now</source>
            <translation>
                <numerusform>%n inside now</numerusform>
                <numerusform>%n inside now</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::KickDialog</name>
        <message numerus="yes">
            <source>Disconnect %n connection(s)? They can come back unless you ban them.</source>
            <translation>
                <numerusform>Disconnect %n connection? They can come back unless you ban them.</numerusform>
                <numerusform>Disconnect %n connections? They can come back unless you ban them.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::MetricsPane</name>
        <message numerus="yes">
            <source>%n user(s)</source>
            <translation>
                <numerusform>%n user</numerusform>
                <numerusform>%n users</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::RoomHeader</name>
        <message numerus="yes">
            <source>%n member(s)</source>
            <translation>
                <numerusform>%n member</numerusform>
                <numerusform>%n members</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::RoomListModel</name>
        <message numerus="yes">
            <source>%n unread</source>
            <translation>
                <numerusform>%n unread</numerusform>
                <numerusform>%n unread</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n mention(s)</source>
            <translation>
                <numerusform>%n mention</numerusform>
                <numerusform>%n mentions</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::SearchDialog</name>
        <message numerus="yes">
            <source>%n message(s) found. Enter shows one in its place.</source>
            <translation>
                <numerusform>%n message found. Enter shows it in its place.</numerusform>
                <numerusform>%n messages found. Enter shows one in its place.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::TimelineModel</name>
        <message numerus="yes">
            <source>%1 and %n more joined</source>
            <translation>
                <numerusform>%1 and %n more joined</numerusform>
                <numerusform>%1 and %n more joined</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 and %n more left</source>
            <translation>
                <numerusform>%1 and %n more left</numerusform>
                <numerusform>%1 and %n more left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 joined</source>
            <translation>
                <numerusform>%1 joined</numerusform>
                <numerusform>%1 joined</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 left</source>
            <translation>
                <numerusform>%1 left</numerusform>
                <numerusform>%1 left</numerusform>
            </translation>
        </message>
    </context>
</TS>
