// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tlsidentity.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QSslCertificate>
#include <QSslKey>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

/// Browsers refuse certificates that hold for longer.
constexpr long kLifetimeDays = 397;
constexpr int kRenewedBeforeDays = 30;

struct Pem {
    QByteArray certificate;
    QByteArray key;
};

Error cannotUse(const QString &path, const QString &why)
{
    return Error(ErrorCode::InvalidField, u"%1 cannot be used: %2."_s.arg(QDir::toNativeSeparators(path), why));
}

template<typename T, auto Free> struct Freed {
    void operator()(T *object) const { Free(object); }
};
template<typename T, auto Free> using Owned = std::unique_ptr<T, Freed<T, Free>>;
using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using OwnedCertificate = Owned<X509, X509_free>;
using OwnedBio = Owned<BIO, BIO_free_all>;

template<typename Write> QByteArray toPem(Write write)
{
    const OwnedBio memory(BIO_new(BIO_s_mem()));
    if (!memory || write(memory.get()) != 1)
        return {};
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, qsizetype(size)};
}

bool addExtension(X509 *certificate, int kind, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setSerial(X509 *certificate)
{
    std::array<unsigned char, 16> serial {};
    if (RAND_bytes(serial.data(), int(serial.size())) != 1)
        return false;
    serial[0] &= 0x7f; // positive
    const Owned<BIGNUM, BN_free> number(BN_bin2bn(serial.data(), int(serial.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool describe(X509 *certificate, EVP_PKEY *key, const QByteArray &commonName, const QByteArray &alternatives)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    return X509_set_version(certificate, 2) == 1 && setSerial(certificate)
        && X509_gmtime_adj(X509_getm_notBefore(certificate), -3600)
        && X509_gmtime_adj(X509_getm_notAfter(certificate), 86400L * kLifetimeDays)
        && X509_set_pubkey(certificate, key) == 1
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
               reinterpret_cast<const unsigned char *>(commonName.constData()), int(commonName.size()), -1, 0)
        == 1
        && X509_set_issuer_name(certificate, name) == 1
        && addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(certificate, NID_key_usage, "critical,digitalSignature")
        && addExtension(certificate, NID_ext_key_usage, "serverAuth")
        && addExtension(certificate, NID_subject_alt_name, alternatives);
}

/// ECDSA over P-256: small, fast, and known to every browser.
std::optional<Pem> makeSelfSigned(const QString &commonName, const QStringList &names, const QStringList &addresses)
{
    QStringList alternatives;
    for (const QString &name : names)
        alternatives.append(u"DNS:"_s + name);
    for (const QString &address : addresses)
        alternatives.append(u"IP:"_s + address);
    const OwnedKey key(EVP_EC_gen("P-256"));
    const OwnedCertificate certificate(X509_new());
    if (!key || !certificate
        || !describe(certificate.get(), key.get(), commonName.toUtf8().left(64), alternatives.join(u',').toLatin1())
        || X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0)
        return std::nullopt;
    Pem pem;
    pem.certificate = toPem([&](BIO *memory) { return PEM_write_bio_X509(memory, certificate.get()); });
    pem.key = toPem([&](BIO *memory) {
        return PEM_write_bio_PrivateKey(memory, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    if (pem.certificate.isEmpty() || pem.key.isEmpty())
        return std::nullopt;
    return pem;
}

Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return cannotUse(path, file.errorString());
    return file.read(1024 * 1024);
}

/// The kind of key is not said by its PEM header in general: the one that reads it is it.
QSslKey keyOf(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa, QSsl::Dsa}) {
        const QSslKey key(pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return {};
}

bool belongTogether(const QByteArray &certificatePem, const QByteArray &keyPem)
{
    const OwnedBio certificateMemory(BIO_new_mem_buf(certificatePem.constData(), int(certificatePem.size())));
    const OwnedBio keyMemory(BIO_new_mem_buf(keyPem.constData(), int(keyPem.size())));
    const OwnedCertificate certificate(PEM_read_bio_X509(certificateMemory.get(), nullptr, nullptr, nullptr));
    const OwnedKey key(PEM_read_bio_PrivateKey(keyMemory.get(), nullptr, nullptr, nullptr));
    return certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
}

QString fingerprintOf(const QSslCertificate &certificate)
{
    return QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper());
}

/// Whether the certificate holds for some time yet, for all the names and addresses.
bool covers(const QSslCertificate &certificate, const QStringList &names, const QStringList &addresses)
{
    if (certificate.expiryDate() < QDateTime::currentDateTimeUtc().addDays(kRenewedBeforeDays))
        return false;
    const QMultiMap<QSsl::AlternativeNameEntryType, QString> alternatives = certificate.subjectAlternativeNames();
    const auto hasAll = [&alternatives](QSsl::AlternativeNameEntryType kind, const QStringList &wanted) {
        return std::all_of(
            wanted.cbegin(), wanted.cend(), [&](const QString &text) { return alternatives.contains(kind, text); });
    };
    return hasAll(QSsl::DnsEntry, names) && hasAll(QSsl::IpAddressEntry, addresses);
}

bool writeFor(const QString &path, const QByteArray &content, QFileDevice::Permissions permissions)
{
    QSaveFile file(path);
    // The permissions stand before there is anything to read.
    return file.open(QIODevice::WriteOnly) && file.setPermissions(permissions) && file.write(content) == content.size()
        && file.commit();
}

} // namespace

Result<TlsIdentity> loadTlsIdentity(const QString &certificatePath, const QString &keyPath)
{
    const Result<QByteArray> certificatePem = contentOf(certificatePath);
    if (!certificatePem)
        return certificatePem.error();
    const Result<QByteArray> keyPem = contentOf(keyPath);
    if (!keyPem)
        return keyPem.error();
    const QList<QSslCertificate> chain = QSslCertificate::fromData(*certificatePem, QSsl::Pem);
    if (chain.isEmpty() || chain.constFirst().isNull())
        return cannotUse(certificatePath, u"it holds no certificate in PEM"_s);
    const QSslKey key = keyOf(*keyPem);
    if (key.isNull())
        return cannotUse(keyPath, u"it holds no private key in PEM"_s);
    if (!belongTogether(*certificatePem, *keyPem))
        return cannotUse(keyPath, u"it is not the key of the certificate"_s);

    TlsIdentity identity;
    identity.configuration = QSslConfiguration::defaultConfiguration();
    identity.configuration.setLocalCertificateChain(chain);
    identity.configuration.setPrivateKey(key);
    identity.configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    identity.configuration.setProtocol(QSsl::TlsV1_2OrLater);
    identity.fingerprint = fingerprintOf(chain.constFirst());
    return identity;
}

Result<TlsIdentity> ownTlsIdentity(
    const QString &directory, const QString &commonName, const QStringList &names, const QStringList &addresses)
{
    const QString certificatePath = directory + u"/tls.crt"_s;
    const QString keyPath = directory + u"/tls.key"_s;
    if (QFile::exists(certificatePath)) {
        const Result<TlsIdentity> kept = loadTlsIdentity(certificatePath, keyPath);
        if (kept && covers(kept->configuration.localCertificate(), names, addresses))
            return kept;
    }
    const std::optional<Pem> made = makeSelfSigned(commonName, names, addresses);
    if (!made)
        return Error(ErrorCode::Internal, u"No certificate could be made."_s);
    constexpr auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    constexpr auto everyone = owner | QFileDevice::ReadGroup | QFileDevice::ReadOther;
    if (!QDir().mkpath(directory) || !writeFor(keyPath, made->key, owner)
        || !writeFor(certificatePath, made->certificate, everyone))
        return cannotUse(directory, u"the certificate cannot be written there"_s);
    return loadTlsIdentity(certificatePath, keyPath);
}

} // namespace tertulia
