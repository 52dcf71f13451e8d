// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/originpolicy.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestOriginPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void absentOriginIsFine();
    void ownOriginIsFine_data();
    void ownOriginIsFine();
    void foreignOriginIsRefused_data();
    void foreignOriginIsRefused();
    void listedOriginIsFineAnywhere();
    void settingIsChecked();

private:
    OriginPolicy m_policy;
};

void TestOriginPolicy::initTestCase()
{
    m_policy.setAllowedOrigins({u"https://friend.example"_s, u"http://10.0.0.2:3000"_s, u"nonsense"_s, u"null"_s});
}

void TestOriginPolicy::absentOriginIsFine()
{
    QVERIFY(m_policy.allows(std::nullopt, "localhost:8000", Encryption::None));
    QVERIFY(!m_policy.allows(QByteArrayView(""), "localhost:8000", Encryption::None));
}

void TestOriginPolicy::ownOriginIsFine_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("encrypted");
    QTest::newRow("address") << "http://192.168.1.34:8000"_ba
                             << "192.168.1.34:8000"_ba << false;
    QTest::newRow("name") << "http://localhost:8000"_ba
                          << "localhost:8000"_ba << false;
    QTest::newRow("case") << "http://localhost:8000"_ba
                          << "LocalHost:8000"_ba << false;
    QTest::newRow("IPv6") << "http://[::1]:8000"_ba
                          << "[::1]:8000"_ba << false;
    QTest::newRow("IPv6 in another spelling") << "http://[::1]:8000"_ba
                                              << "[0:0::1]:8000"_ba << false;
    QTest::newRow("TLS") << "https://aula.local:8000"_ba
                         << "aula.local:8000"_ba << true;
    QTest::newRow("default port, plain") << "http://aula.local"_ba
                                         << "aula.local"_ba << false;
    QTest::newRow("default port, TLS") << "https://aula.local"_ba
                                       << "aula.local"_ba << true;
    QTest::newRow("default port told") << "http://aula.local"_ba
                                       << "aula.local:80"_ba << false;
    QTest::newRow("default port told, TLS") << "https://aula.local"_ba
                                            << "aula.local:443"_ba << true;
}

void TestOriginPolicy::ownOriginIsFine()
{
    QFETCH(const QByteArray, origin);
    QFETCH(const QByteArray, host);
    QFETCH(const bool, encrypted);
    QVERIFY(m_policy.allows(origin, host, encrypted ? Encryption::Tls : Encryption::None));
    // The same page is foreign to the same address under the other scheme.
    QVERIFY(!m_policy.allows(origin, host, encrypted ? Encryption::None : Encryption::Tls));
    QVERIFY(!m_policy.isListed(origin));
}

void TestOriginPolicy::foreignOriginIsRefused_data()
{
    QTest::addColumn<QByteArray>("origin");
    for (const char *origin :
        {"null", "NULL", "", " ", "*", "http://", "http:///", "http://evil.example", "http://evil.example:8000",
            "http://127.0.0.1:8001", "http://127.0.0.1", "http://127.0.0.1:80", "https://127.0.0.1:8000",
            "http://localhost:8000", "http://127.0.0.2:8000", "http://127.0.0.1:8000/", "http://127.0.0.1:8000/path",
            "http://127.0.0.1:8000?x", "http://127.0.0.1:8000#x", "http://127.0.0.1:8000.evil.example",
            "http://127.0.0.1.evil.example:8000", "http://127.0.0.1:8000@evil.example",
            "http://evil.example@127.0.0.1:8000", "http://user:pw@127.0.0.1:8000",
            "http://127.0.0.1:8000 http://evil.example", "http://evil.example, http://127.0.0.1:8000",
            " http://127.0.0.1:8000", "http://127.0.0.1:8000 ", "http:/127.0.0.1:8000", "http:127.0.0.1:8000",
            "//127.0.0.1:8000", "127.0.0.1:8000", "ws://127.0.0.1:8000", "wss://127.0.0.1:8000", "file://",
            "file://127.0.0.1:8000", "ftp://127.0.0.1:8000", "chrome-extension://abcdefgh",
            "data:", "javascript:127.0.0.1:8000", "blob:http://127.0.0.1:8000", "http://127.1:8000",
            "http://2130706433:8000", "http://0x7f.1:8000", "http://0177.0.0.1:8000", "http://127.0.0.1.:8000",
            "http://127.0.0.1:08000", "http://127.0.0.1:", "http://127.0.0.1:8000:8000", "http://[127.0.0.1]:8000",
            "http://127.0.0.1:8000\\@evil.example", "https://friend.example.evil.example", "http://friend.example",
            "https://friend.example:444", "https://sub.friend.example", "https://friend.example/",
            "https://friend.example.", "http://10.0.0.2", "http://10.0.0.2:3001", "https://10.0.0.2:3000", "nonsense"})
        QTest::newRow(origin) << QByteArray(origin);
}

void TestOriginPolicy::foreignOriginIsRefused()
{
    QFETCH(const QByteArray, origin);
    QVERIFY(!m_policy.allows(origin, "127.0.0.1:8000", Encryption::None));
    QVERIFY(!m_policy.isListed(origin));
    // Nor does a Host of the same nonsense make it our own.
    QVERIFY(!m_policy.allows(origin, origin, Encryption::None));
}

void TestOriginPolicy::listedOriginIsFineAnywhere()
{
    for (const char *origin :
        {"https://friend.example", "https://friend.example:443", "https://FRIEND.example", "http://10.0.0.2:3000"}) {
        QVERIFY(m_policy.allows(QByteArrayView(origin), "127.0.0.1:8000", Encryption::None));
        QVERIFY(m_policy.allows(QByteArrayView(origin), "127.0.0.1:8000", Encryption::Tls));
        QVERIFY(m_policy.isListed(origin));
    }
}

void TestOriginPolicy::settingIsChecked()
{
    QVERIFY(OriginPolicy::isOrigin(u"https://friend.example"_s));
    QVERIFY(OriginPolicy::isOrigin(u"http://10.0.0.2:3000"_s));
    for (const char16_t *text :
        {u"", u"*", u"null", u"friend.example", u"https://friend.example/", u"ws://friend.example", u"file://"})
        QVERIFY(!OriginPolicy::isOrigin(QString::fromUtf16(text)));
}

QTEST_GUILESS_MAIN(TestOriginPolicy)
#include "tst_originpolicy.moc"
