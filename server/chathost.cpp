// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chathost.h"

#include "addressranking.h"
#include "hostcore.h"
#include "hostwatch.h"
#include "protocol/jsonwriter.h"
#include "protocol/servermessage.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tertulia {

namespace {

Q_LOGGING_CATEGORY(lcHost, "tertulia.host")

/// Networks come and go under a laptop; no portable signal tells.
constexpr auto kLookAtAddressesEvery = 5s;
/// An owner's token is renewed at each start and never leaves this process.
constexpr std::chrono::hours kOwnerToken {24 * 365};

} // namespace

ChatHost::ChatHost(HostOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_addressCheck(this)
{
    connect(&m_addressCheck, &QTimer::timeout, this, &ChatHost::lookAtAddresses);
}

ChatHost::~ChatHost()
{
    takeDown();
}

// --- start and stop

void ChatHost::start()
{
    if (m_phase == HostPhase::Starting || m_phase == HostPhase::Running || m_phase == HostPhase::Stopping)
        return;
    setPhase(HostPhase::Starting);
    tellSettings();
    open();
}

void ChatHost::open()
{
    const ServerSettings &settings = m_options.settings.values();
    if (!settings.broker.isEmpty() || !settings.database.isEmpty())
        return fail(u"This build cannot share a chat between servers (server.broker, server.database)."_s);
    Result<HostCore::Foundation> foundation = HostCore::lay(m_options.dataDirectory);
    if (!foundation)
        return fail(foundation.error().detail);
    Result<std::unique_ptr<HostCore>> core = HostCore::make(std::move(*foundation), settings);
    if (!core)
        return fail(core.error().detail);
    m_core = std::move(*core);
    m_watch = std::make_unique<HostWatch>(*m_core);
    connectCore();
    m_localAddresses.clear();
    lookAtAddresses();
    m_core->load([this](const Result<void> &loaded) {
        if (m_phase != HostPhase::Starting)
            return;
        if (loaded)
            listen();
        else
            fail(loaded.error().detail);
    });
}

void ChatHost::listen()
{
    if (const Result<void> listening = m_core->listen(); !listening)
        return fail(listening.error().detail);
    m_startedAt = m_core->clock.now();
    m_addressCheck.start(kLookAtAddressesEvery);
    m_watch->setWatched(m_isWatched);
    setPhase(HostPhase::Running);
    QString url = addresses().constFirst().url;
    url.chop(1); // the slash
    qCInfo(lcHost, "Listening on port %d.", int(m_core->port()));
    Q_EMIT ready(url);
    Q_EMIT bansChanged(m_core->bans->all());
    enterOwner();
}

void ChatHost::enterOwner()
{
    if (m_options.ownerName.isEmpty())
        return;
    const IssuedToken token = m_core->tokens.issue(owner(), kOwnerToken);
    const QHostAddress listening = m_core->listeningAddress();
    // The owner's own window comes in the shortest way.
    const bool listensOnAll = listening == QHostAddress::Any || listening == QHostAddress::AnyIPv4;
    const QHostAddress here = listensOnAll ? QHostAddress(QHostAddress::LocalHost) : listening;
    Q_EMIT ownerEntered(hostUrl(here, m_core->port(), m_core->isEncrypted()), token.token);
}

User ChatHost::owner() const
{
    const QString name = m_options.ownerName.isEmpty() ? u"Host"_s : m_options.ownerName;
    return {AccountService::idForName(name), name, Role::Admin};
}

void ChatHost::fail(const QString &message)
{
    takeDown();
    setPhase(HostPhase::Failed, message);
    Q_EMIT failed(message);
}

void ChatHost::stop()
{
    if (m_phase == HostPhase::Stopping)
        return;
    if (m_phase != HostPhase::Running) {
        takeDown();
        setPhase(HostPhase::Stopped);
        Q_EMIT stopped();
        return;
    }
    setPhase(HostPhase::Stopping);
    m_addressCheck.stop();
    m_core->closeClients([this] {
        // One turn more: what the clients' ends gave to write is handed to the store at the end of this one.
        QTimer::singleShot(0, this, [this] {
            takeDown();
            setPhase(HostPhase::Stopped);
            Q_EMIT stopped();
        });
    });
}

void ChatHost::takeDown()
{
    m_addressCheck.stop();
    m_watch.reset();
    m_core.reset(); // the store commits what waits
}

void ChatHost::setPhase(HostPhase phase, const QString &failure)
{
    m_phase = phase;
    m_failure = failure;
    tellState();
}

void ChatHost::connectCore()
{
    connect(m_watch.get(), &HostWatch::connectionsChanged, this, &ChatHost::connectionsChanged);
    connect(m_watch.get(), &HostWatch::roomsChanged, this, &ChatHost::roomsChanged);
    connect(m_watch.get(), &HostWatch::activityHappened, this, &ChatHost::activityHappened);
    connect(m_watch.get(), &HostWatch::addressVerified, this, &ChatHost::tellState);
    connect(m_core->ticker.get(), &MetricsTicker::sampled, this, &ChatHost::metricsSampled);
    connect(m_core->bans.get(), &BanList::changed, this, [this] { Q_EMIT bansChanged(m_core->bans->all()); });
    connect(&m_core->door, &Door::knocked, this, &ChatHost::knocked);
    connect(&m_core->door, &Door::gone, this, &ChatHost::knockGone);
}

// --- what the window shows

void ChatHost::setWatched(bool watched)
{
    m_isWatched = watched;
    if (m_watch && m_phase == HostPhase::Running)
        m_watch->setWatched(watched);
}

void ChatHost::tellState()
{
    const ServerSettings &settings = m_options.settings.values();
    HostState state;
    state.phase = m_phase;
    state.serverName = settings.name;
    state.port = quint16(settings.port);
    state.failure = m_failure;
    state.joinCode = settings.joinCode;
    state.guestsAllowed = settings.guests;
    state.doorEnabled = settings.door;
    if (m_core && m_phase == HostPhase::Running) {
        state.port = m_core->port();
        state.addresses = addresses();
        state.fingerprint = m_core->fingerprint();
        state.startedAt = m_startedAt;
    }
    Q_EMIT stateChanged(state);
}

QList<HostAddress> ChatHost::addresses() const
{
    QList<HostAddress> found = hostAddresses(
        m_core->listeningAddress(), m_core->port(), m_core->isEncrypted(), localAddresses(), defaultInterface());
    for (HostAddress &address : found) {
        for (const QString &verified : m_watch->verifiedAddresses()) {
            if (address.url == hostUrl(QHostAddress(verified), m_core->port(), m_core->isEncrypted()))
                address.isVerified = true;
        }
    }
    return found;
}

void ChatHost::lookAtAddresses()
{
    QStringList found;
    const QList<InterfaceAddress> here = localAddresses();
    for (const InterfaceAddress &each : here)
        found.append(each.address.toString());
    if (found == m_localAddresses)
        return;
    m_localAddresses = found;
    m_core->setLocalAddresses(found);
    if (m_phase == HostPhase::Running)
        tellState();
}

void ChatHost::tellSettings()
{
    QHash<QString, QString> values;
    for (const SettingInfo &info : Settings::table())
        values.insert(info.key, m_options.settings.text(info.key));
    Q_EMIT settingsChanged(values);
}

void ChatHost::note(const Error &error)
{
    Q_EMIT noteRaised(error.detail);
}

// --- what the host wants

void ChatHost::kick(const QString &connectionId, const QString &reason)
{
    if (!m_core)
        return;
    ConnectionRecord *record = m_core->connections.find(connectionId);
    if (!record || !record->connection)
        return note(ErrorCode::NotFound);
    if (!reason.isEmpty()) {
        QByteArray data;
        JsonWriter(data)
            .beginObject()
            .field("by", QStringView(owner().name))
            .field("reason", QStringView(reason))
            .endObject();
        record->connection->send(Frame(encodeSystem({}, "kicked", data), "system"));
    }
    record->connection->close(CloseCode::Kicked, "kicked");
}

void ChatHost::ban(const Ban &draft)
{
    if (!m_core)
        return;
    Ban ban = draft;
    ban.by = owner().name;
    m_core->bans->add(ban, this, [this](const Result<Ban> &added) {
        if (!added)
            note(added.error());
    });
}

void ChatHost::unban(const QString &id)
{
    if (!m_core)
        return;
    m_core->bans->remove(id, this, [this](const Result<void> &removed) {
        if (!removed)
            note(removed.error());
    });
}

void ChatHost::announce(const QString &title, const QString &body, NotificationLevel level)
{
    if (!m_core)
        return;
    Notification notification;
    notification.kind = NotificationKind::Announcement;
    notification.title = title;
    notification.body = body;
    notification.level = level;
    notification.from = owner().name;
    m_core->notifications->notify({}, notification, this, [this](const Result<Notification> &kept) {
        if (!kept)
            return note(kept.error());
        QByteArray data;
        JsonWriter writer(data);
        writeNotification(writer, *kept);
        m_core->hub->broadcast(Frame(encodeSystem({}, "announcement", data)));
    });
}

void ChatHost::withPassword(const QString &password, std::function<void(const std::optional<QString> &)> then)
{
    if (password.isEmpty())
        return then(std::nullopt);
    m_core->hasher.hash(
        password, PasswordKind::Room, m_core.get(), [this, then = std::move(then)](const Result<QString> &hash) {
            if (hash)
                then(*hash);
            else
                note(hash.error());
        });
}

void ChatHost::createRoom(const RoomInfo &draft, const QString &password)
{
    if (!m_core)
        return;
    RoomDraft room {draft.name, draft.topic, draft.isPrivate, std::nullopt, draft.readOnly, draft.slowModeSeconds};
    withPassword(password, [this, room](const std::optional<QString> &hash) {
        RoomDraft whole = room;
        whole.passwordHash = hash;
        createRoomWith(whole);
    });
}

void ChatHost::createRoomWith(RoomDraft draft)
{
    const Principal who {owner(), {}, {}, {}};
    m_core->hub->createRoom(who, draft, this, [this](const Result<Room *> &room) {
        if (!room)
            note(room.error());
    });
}

void ChatHost::changeRoom(const QString &name, const RoomInfo &draft, const QString &password)
{
    if (!m_core)
        return;
    RoomDraft room {draft.name, draft.topic, draft.isPrivate, std::nullopt, draft.readOnly, draft.slowModeSeconds};
    withPassword(password, [this, name, room](const std::optional<QString> &hash) {
        RoomDraft whole = room;
        whole.passwordHash = hash;
        changeRoomWith(name, whole);
    });
}

void ChatHost::changeRoomWith(const QString &name, RoomDraft draft)
{
    Room *room = m_core->rooms->find(name);
    if (!room)
        return note(ErrorCode::NoSuchRoom);
    m_core->hub->changeRoom(*room, draft, this, [this](const Result<Room *> &changed) {
        if (!changed)
            note(changed.error());
    });
}

void ChatHost::deleteRoom(const QString &name)
{
    if (!m_core)
        return;
    Room *room = m_core->rooms->find(name);
    if (!room)
        return note(ErrorCode::NoSuchRoom);
    m_core->hub->deleteRoom(*room, this, [this](const Result<void> &deleted) {
        if (!deleted)
            note(deleted.error());
    });
}

void ChatHost::answerDoor(const QString &id, bool admit)
{
    if (m_core)
        m_core->door.answer(id, admit);
}

void ChatHost::changeSetting(const QString &key, const QString &value)
{
    Settings &settings = m_options.settings;
    if (const Result<void> set = settings.set(key, value); !set)
        return note(set.error());
    if (const Result<void> saved = settings.save(m_options.settingsFile); !saved)
        note(saved.error());
    if (m_core)
        m_core->settingsChanged();
    tellSettings();
    tellState();
}

} // namespace tertulia
