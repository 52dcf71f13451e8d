// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/testfront.h"
#include "transport/wireframes.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QSslKey>
#include <QSslSocket>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <memory>

namespace {

using namespace tertulia;
using namespace tertulia::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// A client that believes every certificate.
class SecureClient final : public QSslSocket
{
public:
    SecureClient(const FrontServer &front, const QByteArray &bytes)
    {
        setPeerVerifyMode(QSslSocket::VerifyNone);
        connect(this, &QSslSocket::readyRead, this, [this] {
            if (isReading)
                received.append(readAll());
        });
        connectToHostEncrypted(u"127.0.0.1"_s, front.serverPort());
        write(bytes);
    }

    QByteArray received;
    bool isReading = true;
};

QSslConfiguration makeConfiguration(const QString &directory)
{
    const QString key = directory + u"/key.pem"_s;
    const QString certificate = directory + u"/certificate.pem"_s;
    QProcess openssl;
    openssl.start(u"openssl"_s,
        {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s,
            u"-keyout"_s, key, u"-out"_s, certificate, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=localhost"_s});
    if (!openssl.waitForFinished())
        return {};
    QFile keyFile(key);
    if (!keyFile.open(QIODevice::ReadOnly))
        return {};
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPrivateKey(QSslKey(keyFile.readAll(), QSsl::Ec));
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(certificate));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

} // namespace

class TlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!QSslSocket::supportsSsl() || QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("TLS or the openssl program is not here");
        QVERIFY(m_directory.isValid());
        m_configuration = makeConfiguration(m_directory.path());
        QVERIFY(!m_configuration.localCertificate().isNull());
    }
    void init()
    {
        m_application = std::make_unique<TestApplication>();
        m_front = std::make_unique<FrontServer>(*m_application, *m_application, TransportLimits {});
        m_front->setTls(m_configuration);
        QVERIFY(m_front->start(QHostAddress(QHostAddress::LocalHost), 0));
    }
    void cleanup()
    {
        m_front.reset();
        m_application.reset();
    }

    void plainRequestIsSentToHttps()
    {
        RawClient client(*m_front, getRequest("/j/code?x=1"));
        QTRY_VERIFY(client.isGone());
        QVERIFY(client.received.startsWith("HTTP/1.1 308 Permanent Redirect\r\n"));
        QVERIFY(client.received.contains("Location: https://localhost/j/code?x=1\r\n"));
        QVERIFY(m_application->requests.isEmpty());
    }

    void requestsAreServed()
    {
        SecureClient client(
            *m_front, getRequest("/1") + postRequest("/upload", QByteArray(500000, 'u')) + getRequest("/2"));
        QTRY_VERIFY(client.received.endsWith("you asked /2"));
        QCOMPARE(m_application->sink.bytes.size(), 500000);
        QVERIFY(client.received.contains("you asked /1"));
    }

    void webSocketEchoesAndCloses()
    {
        m_application->listener.echoes = true;
        SecureClient client(*m_front, upgradeRequest() + textFrame("early"));
        QTRY_VERIFY(client.received.endsWith("\x81\x05"
                                             "early"));
        QVERIFY(m_application->listener.connection->handshake().isEncrypted);
        client.write(textFrame(QByteArray(200000, 'x')));
        QTRY_VERIFY(client.received.endsWith(QByteArray(200000, 'x')));
        m_application->listener.connection->close(CloseCode::Kicked, "kicked");
        QTRY_VERIFY(client.received.endsWith("kicked"));
        QTRY_VERIFY(client.state() == QAbstractSocket::UnconnectedState);
        QTRY_VERIFY(m_application->listener.hasEnded);
        QTRY_COMPARE(m_front->counters().sockets, 0);
    }

    void slowReaderIsCut()
    {
        TransportLimits quick;
        quick.closeTimeout = 100ms;
        m_front->setLimits(quick);
        SecureClient client(*m_front, upgradeRequest());
        QTRY_VERIFY(m_application->listener.connection);
        client.isReading = false;
        client.setReadBufferSize(100);
        FrameBlock block;
        block.append(Frame(QByteArray(10000, 'x')));
        qint64 most = 0;
        const auto push = [&] {
            WebSocketConnection *const connection = m_application->listener.connection;
            for (int i = 0; connection && i < 10; ++i) {
                connection->sendBlock(block);
                most = std::max(most, connection->pendingBytes());
            }
            return m_application->listener.hasEnded;
        };
        QTRY_VERIFY_WITH_TIMEOUT(push(), 20000);
        QCOMPARE(m_application->listener.end.code, 4008);
        QVERIFY(most < 1200000);
    }

    void clientsThatLeaveInTheHandshakeLeaveNothing()
    {
        for (int i = 0; i < 20; ++i) {
            RawClient half(*m_front, QByteArray("\x16\x03\x01\x02\x00\x01", 6));
            SecureClient early(*m_front, getRequest("/x"));
            QTRY_VERIFY(half.state() == QAbstractSocket::ConnectedState);
            QCoreApplication::processEvents();
            early.abort();
        }
        QTRY_COMPARE(m_front->counters().sockets, 0);
    }

    void closeAllEndsThem()
    {
        SecureClient webSocket(*m_front, upgradeRequest());
        QTRY_COMPARE(m_front->counters().webSockets, 1);
        QSignalSpy closed(m_front.get(), &FrontServer::allClosed);
        m_front->closeAll(CloseCode::GoingAway);
        QTRY_COMPARE(closed.count(), 1);
        QTRY_VERIFY(webSocket.received.endsWith("server_stopping"));
    }

private:
    QTemporaryDir m_directory;
    QSslConfiguration m_configuration;
    std::unique_ptr<TestApplication> m_application;
    std::unique_ptr<FrontServer> m_front;
};

QTEST_GUILESS_MAIN(TlsTest)
#include "tst_tls.moc"
