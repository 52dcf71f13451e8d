// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/accountservice.h"
#include "domain/banlist.h"
#include "domain/connectionregistry.h"
#include "identity/passwordhasher.h"
#include "identity/signinthrottle.h"
#include "identity/ticketoffice.h"
#include "identity/tokenservice.h"
#include "settings/serversettings.h"
#include "storage/openstore.h"
#include "support/fakeclock.h"
#include "support/fakeconnection.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

using namespace tertulia;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Everything that signing in needs, over a real store that outlives it.
struct Office {
    explicit Office(const QString &path)
        : directory(std::move(*DataDirectory::open(path)))
        , store(std::move(*openStore(*directory, clock)))
        , bans(*store, clock)
        , accounts({settings, clock, *store, tokens, hasher, throttle, tickets, bans, users, connections})
    {
        settings.guests = true;
        settings.sessionHours = 24;
    }

    std::optional<Result<SignedIn>> answer;
    [[nodiscard]] Result<SignedIn> wait()
    {
        if (!QTest::qWaitFor([this] { return answer.has_value(); }))
            qFatal("There was no answer.");
        return *std::exchange(answer, std::nullopt);
    }
    [[nodiscard]] Result<SignedIn> signUp(const QString &name, const QString &password = u"correct horse"_s)
    {
        accounts.signUp(name, password, u"192.0.2.1"_s, &context, [this](Result<SignedIn> result) { answer = result; });
        return wait();
    }
    [[nodiscard]] Result<SignedIn> signIn(
        const QString &name, const QString &password, const QString &address = u"192.0.2.1"_s)
    {
        accounts.signIn(name, password, address, &context, [this](Result<SignedIn> result) { answer = result; });
        return wait();
    }
    [[nodiscard]] Result<SignedIn> guest(
        const QString &name, const QString &code = {}, const QString &address = u"192.0.2.1"_s)
    {
        return accounts.enterAsGuest(name, code, address);
    }
    [[nodiscard]] Result<Principal> bearer(const QString &token)
    {
        Credentials credentials;
        credentials.bearer = token.toLatin1();
        return accounts.authenticate(credentials);
    }
    void load()
    {
        bool isLoaded = false;
        accounts.load(&context, [&isLoaded](const Result<void> &result) { isLoaded = result.isOk(); });
        QTRY_VERIFY(isLoaded);
        isLoaded = false;
        bans.load(&context, [&isLoaded](const Result<void> &result) { isLoaded = result.isOk(); });
        QTRY_VERIFY(isLoaded);
    }
    void ban(const Ban &draft)
    {
        bool isKept = false;
        bans.add(draft, &context, [&isKept](const Result<Ban> &kept) { isKept = kept.isOk(); });
        QTRY_VERIFY(isKept);
    }

    QObject context;
    FakeClock clock;
    ServerSettings settings;
    std::unique_ptr<DataDirectory> directory;
    std::unique_ptr<SqlStore> store;
    TokenService tokens {QByteArray(TokenService::kKeyBytes, 'k'), clock};
    PasswordHasher hasher {PasswordCost::cheapest()};
    SignInThrottle throttle {clock};
    TicketOffice tickets {clock};
    UserDirectory users {clock};
    ConnectionRegistry connections {clock};
    BanList bans;
    AccountService accounts;
};

class TestAccountService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_office.reset(); }

    void accountOutlivesTheProcess();
    void badNamesAndPasswordsAreRefused_data();
    void badNamesAndPasswordsAreRefused();
    void nameIsTakenIgnoringCase();
    void tenFailuresInAMinuteThenTooMany();
    void wrongJoinCodesCountAndMissingOnesDoNot();
    void guestHoldsTheNameAndComesBackWithIt();
    void guestWhoseNameIsTakenMeanwhileIsNotLetIn();
    void signOutClosesItsConnectionsAtOnce();
    void revokingAUserClosesAllAndIsKept();
    void expiredTokenClosesTheConnection();
    void ticketServesOnceWithinThirtySeconds();
    void explicitCredentialsGoBeforeTheCookie();
    void nameBanPutsOutAndKeepsOut();
    void addressBanSparesAdmins();
    void tokenOfARemovedAccountIsVoid();

private:
    void restart();
    static ErrorCode codeOf(const Result<SignedIn> &result)
    {
        return result ? ErrorCode::Internal : result.error().code;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Office> m_office;
};

void TestAccountService::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    restart();
}

void TestAccountService::restart()
{
    m_office.reset();
    m_office = std::make_unique<Office>(m_folder->path());
    m_office->load();
}

void TestAccountService::accountOutlivesTheProcess()
{
    const Result<SignedIn> made = m_office->signUp(u"Ana"_s);
    QVERIFY(made);
    QCOMPARE(made->principal.user.role, Role::Member);
    restart();
    const Result<SignedIn> again = m_office->signIn(u"ANA"_s, u"correct horse"_s);
    QVERIFY(again);
    QCOMPARE(again->principal.user, made->principal.user);
    QVERIFY(m_office->bearer(made->token));
    QCOMPARE(codeOf(m_office->signIn(u"Ana"_s, u"wrong horse"_s)), ErrorCode::BadCredentials);
    QCOMPARE(codeOf(m_office->signIn(u"Nobody"_s, u"correct horse"_s)), ErrorCode::BadCredentials);
}

void TestAccountService::badNamesAndPasswordsAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("password");
    QTest::addColumn<int>("code");
    QTest::newRow("empty") << u""_s << u"correct horse"_s << int(ErrorCode::InvalidName);
    QTest::newRow("space at the end") << u"Ana "_s << u"correct horse"_s << int(ErrorCode::InvalidName);
    QTest::newRow("markup") << u"<b>"_s << u"correct horse"_s << int(ErrorCode::InvalidName);
    QTest::newRow("33 letters") << QString(33, u'a') << u"correct horse"_s << int(ErrorCode::InvalidName);
    QTest::newRow("short password") << u"Ana"_s << u"1234567"_s << int(ErrorCode::WeakPassword);
}

void TestAccountService::badNamesAndPasswordsAreRefused()
{
    QFETCH(const QString, name);
    QFETCH(const QString, password);
    QFETCH(const int, code);
    QCOMPARE(int(codeOf(m_office->signUp(name, password))), code);
}

void TestAccountService::nameIsTakenIgnoringCase()
{
    QVERIFY(m_office->signUp(u"Ana"_s));
    QCOMPARE(codeOf(m_office->signUp(u"aNA"_s)), ErrorCode::NameTaken);
    QCOMPARE(codeOf(m_office->guest(u"ANA"_s)), ErrorCode::NameTaken);
    QVERIFY(m_office->guest(u"Eva"_s));
    QCOMPARE(codeOf(m_office->signUp(u"eva"_s)), ErrorCode::NameTaken);
}

void TestAccountService::tenFailuresInAMinuteThenTooMany()
{
    QVERIFY(m_office->signUp(u"Ana"_s));
    for (int i = 0; i < 10; ++i)
        QCOMPARE(codeOf(m_office->signIn(u"Ana"_s, u"guess number %1"_s.arg(i))), ErrorCode::BadCredentials);
    const Result<SignedIn> refused = m_office->signIn(u"Ana"_s, u"correct horse"_s);
    QCOMPARE(codeOf(refused), ErrorCode::TooManyRequests);
    QVERIFY(refused.error().retryAfterMs > 0 && refused.error().retryAfterMs <= 60000);
    // By name from elsewhere, and for other names from here.
    QCOMPARE(codeOf(m_office->signIn(u"Ana"_s, u"correct horse"_s, u"192.0.2.9"_s)), ErrorCode::TooManyRequests);
    QCOMPARE(codeOf(m_office->signIn(u"Eva"_s, u"whatever it is"_s)), ErrorCode::TooManyRequests);
    m_office->clock.advance(61s);
    QVERIFY(m_office->signIn(u"Ana"_s, u"correct horse"_s));
}

void TestAccountService::wrongJoinCodesCountAndMissingOnesDoNot()
{
    m_office->settings.joinCode = u"tapas"_s;
    for (int i = 0; i < 20; ++i)
        QCOMPARE(codeOf(m_office->guest(u"Eva"_s)), ErrorCode::BadJoinCode);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(codeOf(m_office->guest(u"Eva"_s, u"pinchos"_s)), ErrorCode::BadJoinCode);
    QCOMPARE(codeOf(m_office->guest(u"Eva"_s, u"tapas"_s)), ErrorCode::TooManyRequests);
    QVERIFY(m_office->guest(u"Eva"_s, u"tapas"_s, u"192.0.2.9"_s));
    m_office->settings.guests = false;
    QCOMPARE(codeOf(m_office->guest(u"Ida"_s, u"tapas"_s, u"192.0.2.9"_s)), ErrorCode::GuestsForbidden);
}

void TestAccountService::guestHoldsTheNameAndComesBackWithIt()
{
    const Result<SignedIn> eva = m_office->guest(u"Eva"_s);
    QVERIFY(eva);
    QCOMPARE(codeOf(m_office->guest(u"eva"_s)), ErrorCode::NameTaken);
    m_office->clock.advance(10min); // gone from the list, but nobody took the name
    const Result<Principal> back = m_office->bearer(eva->token);
    QVERIFY(back);
    QCOMPARE(back->user, eva->principal.user);
    const Result<SignedIn> made = m_office->guest({});
    QVERIFY(made && !made->principal.user.name.isEmpty());
}

void TestAccountService::guestWhoseNameIsTakenMeanwhileIsNotLetIn()
{
    const Result<SignedIn> first = m_office->guest(u"Eva"_s);
    m_office->clock.advance(10min);
    QVERIFY(m_office->guest(u"Eva"_s));
    const Result<Principal> back = m_office->bearer(first->token);
    QVERIFY(!back);
    QCOMPARE(back.error().code, ErrorCode::NameTaken);
}

void TestAccountService::signOutClosesItsConnectionsAtOnce()
{
    const Result<SignedIn> one = m_office->signUp(u"Ana"_s);
    const Result<SignedIn> two = m_office->signIn(u"Ana"_s, u"correct horse"_s);
    FakeConnection closed;
    FakeConnection open;
    m_office->connections.add(closed, TransportKind::WebSocket, one->principal);
    m_office->connections.add(open, TransportKind::WebSocket, two->principal);
    bool isKept = false;
    m_office->accounts.signOut(one->principal, this, [&isKept](const Result<void> &done) { isKept = done.isOk(); });
    QCOMPARE(closed.closedWith, CloseCode::InvalidToken); // before the store has answered
    QVERIFY(!open.closedWith);
    QVERIFY(!m_office->bearer(one->token));
    QTRY_VERIFY(isKept);
    restart();
    QVERIFY(!m_office->bearer(one->token));
    QVERIFY(m_office->bearer(two->token));
}

void TestAccountService::revokingAUserClosesAllAndIsKept()
{
    const Result<SignedIn> ana = m_office->signUp(u"Ana"_s);
    FakeConnection connection;
    m_office->connections.add(connection, TransportKind::WebSocket, ana->principal);
    m_office->clock.advance(1s);
    bool isKept = false;
    m_office->accounts.revokeUser(
        ana->principal.user.id, this, [&isKept](const Result<void> &done) { isKept = done.isOk(); });
    QCOMPARE(connection.closedWith, CloseCode::InvalidToken);
    QVERIFY(!m_office->bearer(ana->token));
    QVERIFY(m_office->signIn(u"Ana"_s, u"correct horse"_s));
    QTRY_VERIFY(isKept);
    restart();
    QVERIFY(!m_office->bearer(ana->token));
}

void TestAccountService::expiredTokenClosesTheConnection()
{
    const Result<SignedIn> ana = m_office->signUp(u"Ana"_s);
    FakeConnection connection;
    m_office->connections.add(connection, TransportKind::WebSocket, ana->principal);
    m_office->accounts.closeInvalid();
    QVERIFY(!connection.closedWith);
    m_office->clock.advance(25h);
    m_office->accounts.closeInvalid();
    QCOMPARE(connection.closedWith, CloseCode::InvalidToken);
    QCOMPARE(connection.closeReason, "token_expired"_ba);
}

void TestAccountService::ticketServesOnceWithinThirtySeconds()
{
    const Result<SignedIn> ana = m_office->signUp(u"Ana"_s);
    const auto redeem = [this](const QString &ticket) {
        Credentials credentials;
        credentials.ticket = ticket.toLatin1();
        return m_office->accounts.authenticate(credentials);
    };
    const auto once = m_office->accounts.issueTicket(ana->principal);
    QVERIFY(redeem(once->first));
    QVERIFY(!redeem(once->first));
    const auto late = m_office->accounts.issueTicket(ana->principal);
    m_office->clock.advance(31s);
    QVERIFY(!redeem(late->first));
    const auto revoked = m_office->accounts.issueTicket(ana->principal);
    m_office->accounts.signOut(ana->principal, this, [](const Result<void> &) {});
    QVERIFY(!redeem(revoked->first));
}

void TestAccountService::explicitCredentialsGoBeforeTheCookie()
{
    const Result<SignedIn> ana = m_office->signUp(u"Ana"_s);
    const Result<SignedIn> eva = m_office->signUp(u"Eva"_s);
    Credentials credentials;
    credentials.cookieToken = ana->token.toLatin1();
    QCOMPARE(m_office->accounts.authenticate(credentials)->user.name, u"Ana"_s);
    credentials.ticket = m_office->accounts.issueTicket(eva->principal)->first.toLatin1();
    QCOMPARE(m_office->accounts.authenticate(credentials)->user.name, u"Eva"_s);
    credentials.queryToken = eva->token.toLatin1();
    credentials.bearer = "nonsense";
    QVERIFY(!m_office->accounts.authenticate(credentials));
    QVERIFY(!m_office->accounts.authenticate({}));
}

void TestAccountService::nameBanPutsOutAndKeepsOut()
{
    const Result<SignedIn> ana = m_office->signUp(u"Ana"_s);
    FakeConnection connection;
    m_office->connections.add(connection, TransportKind::WebSocket, ana->principal);
    Ban draft;
    draft.name = u"ANA"_s;
    draft.until = m_office->clock.now() + 1h;
    m_office->ban(draft);
    QCOMPARE(connection.closedWith, CloseCode::Kicked);
    QCOMPARE(connection.closeReason, "banned"_ba);
    QCOMPARE(m_office->bearer(ana->token).error().code, ErrorCode::Banned);
    QCOMPARE(codeOf(m_office->signIn(u"Ana"_s, u"correct horse"_s)), ErrorCode::Banned);
    QVERIFY(m_office->guest(u"Eva"_s));
    m_office->clock.advance(61min);
    QVERIFY(m_office->bearer(ana->token));
}

void TestAccountService::addressBanSparesAdmins()
{
    FakeConnection guestConnection; // both from 192.0.2.1
    FakeConnection adminConnection;
    const Result<SignedIn> eva = m_office->guest(u"Eva"_s);
    Principal admin = eva->principal;
    admin.user = {u"host"_s, u"Host"_s, Role::Admin};
    m_office->connections.add(guestConnection, TransportKind::WebSocket, eva->principal);
    m_office->connections.add(adminConnection, TransportKind::WebSocket, admin);
    Ban draft;
    draft.address = u"192.0.2.0/24"_s;
    m_office->ban(draft);
    QCOMPARE(guestConnection.closedWith, CloseCode::Kicked);
    QVERIFY(!adminConnection.closedWith);
    QCOMPARE(codeOf(m_office->guest(u"Ida"_s)), ErrorCode::Banned);
    QVERIFY(m_office->guest(u"Ida"_s, {}, u"198.51.100.1"_s));
}

void TestAccountService::tokenOfARemovedAccountIsVoid()
{
    const Result<SignedIn> ana = m_office->signUp(u"Ana"_s);
    const QString id = ana->principal.user.id;
    bool isRemoved = false;
    writeTo<bool>(
        *m_office->store, this,
        [id](Storage &storage) -> Result<bool> { return AccountService::removeAccount(storage, id).isOk(); },
        [&isRemoved](const Result<bool> &done) { isRemoved = done && *done; });
    QTRY_VERIFY(isRemoved);
    m_office->load();
    QVERIFY(!m_office->bearer(ana->token));
    restart();
    QVERIFY(!m_office->bearer(ana->token));
    QVERIFY(m_office->guest(u"Ana"_s));
}

QTEST_GUILESS_MAIN(TestAccountService)
#include "tst_accountservice.moc"
