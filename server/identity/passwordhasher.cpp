// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/passwordhasher.h"

#include "identity/secrets.h"

#include <sodium.h>

#include <array>

namespace tertulia {

using namespace Qt::StringLiterals;

namespace {

/// What is hashed. The same text in two keyboards' spelling is the same password.
QByteArray bytesOf(const QString &password)
{
    return password.normalized(QString::NormalizationForm_KC).toUtf8();
}

Result<QString> hashBytes(const QByteArray &bytes, PasswordCost cost)
{
    ensureSodium();
    std::array<char, crypto_pwhash_STRBYTES> text {};
    if (crypto_pwhash_str_alg(text.data(), bytes.constData(), static_cast<unsigned long long>(bytes.size()),
            cost.passes, cost.memoryBytes, crypto_pwhash_ALG_ARGON2ID13)
        != 0)
        return Error(ErrorCode::Internal, u"There is no memory to hash a password."_s);
    return QString::fromLatin1(text.data());
}

bool matches(const QString &hash, const QByteArray &bytes)
{
    ensureSodium();
    const QByteArray text = hash.toLatin1();
    // crypto_pwhash_str_verify reads a text that ends in 0 and fits its array.
    return text.size() < qsizetype(crypto_pwhash_STRBYTES) && bytes.size() <= PasswordHasher::kLongestPassword
        && crypto_pwhash_str_verify(text.constData(), bytes.constData(), static_cast<unsigned long long>(bytes.size()))
        == 0;
}

} // namespace

PasswordHasher::PasswordHasher(PasswordCost cost, int queueLimit)
    : m_cost(cost)
    , m_queueLimit(queueLimit)
    , m_worker(std::make_unique<QObject>())
{
    ensureSodium();
    m_thread.setObjectName(u"passwords"_s);
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    // Now, so that the first sign-in with an unknown name takes no longer than the second.
    QMetaObject::invokeMethod(
        m_worker.get(), [this] { makeDummyHash(); }, Qt::QueuedConnection);
}

PasswordHasher::~PasswordHasher()
{
    m_stopping = true;
    m_thread.quit();
    m_thread.wait();
}

Result<void> PasswordHasher::check(const QString &password, PasswordKind kind)
{
    // Looked at first: normalizing a huge text takes long.
    if (password.size() > kLongestPassword)
        return Error(ErrorCode::InvalidField, u"A password has at most %1 bytes."_s.arg(kLongestPassword));
    const QByteArray bytes = bytesOf(password);
    const qsizetype characters = QString::fromUtf8(bytes).toUcs4().size();
    if (kind == PasswordKind::Account && characters < kShortestAccountPassword)
        return ErrorCode::WeakPassword;
    if (characters == 0)
        return Error(ErrorCode::WeakPassword, u"A password has at least one character."_s);
    if (bytes.size() > kLongestPassword)
        return Error(ErrorCode::InvalidField, u"A password has at most %1 bytes."_s.arg(kLongestPassword));
    return {};
}

Result<QString> PasswordHasher::hashNow(const QString &password, PasswordKind kind, PasswordCost cost)
{
    if (const auto allowed = check(password, kind); !allowed)
        return allowed.error();
    return hashBytes(bytesOf(password), cost);
}

bool PasswordHasher::verifyNow(const QString &hash, const QString &password)
{
    return check(password, PasswordKind::Room).isOk() && matches(hash, bytesOf(password));
}

void PasswordHasher::run(std::function<std::function<void()>()> work, const QPointer<QObject> &context)
{
    ++m_waiting;
    QMetaObject::invokeMethod(
        m_worker.get(),
        [this, work = std::move(work), context] {
            if (m_stopping)
                return;
            auto answer = work();
            // Answers go through an object of ours: the context may die in its own thread at any moment, and only there
            // is it safe to look.
            QMetaObject::invokeMethod(
                &m_caller,
                [this, answer = std::move(answer), context] {
                    --m_waiting;
                    if (context)
                        answer();
                },
                Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void PasswordHasher::makeDummyHash()
{
    if (!m_dummyHash.isEmpty())
        return;
    if (const auto hash = hashBytes(randomBytes(16), m_cost))
        m_dummyHash = *hash;
}

void PasswordHasher::hash(const QString &password, PasswordKind kind, QObject *context, HashThen then)
{
    auto allowed = check(password, kind);
    if (allowed && m_waiting >= m_queueLimit)
        allowed = Result<void>(ErrorCode::TooManyRequests);
    if (!allowed) {
        QMetaObject::invokeMethod(
            context, [then = std::move(then), error = allowed.error()] { then(error); }, Qt::QueuedConnection);
        return;
    }
    run(
        [bytes = bytesOf(password), cost = m_cost, then = std::move(then)]() -> std::function<void()> {
            return [hash = hashBytes(bytes, cost), then] { then(hash); };
        },
        context);
}

void PasswordHasher::verify(const QString &hash, const QString &password, QObject *context, VerifyThen then)
{
    if (m_waiting >= m_queueLimit) {
        QMetaObject::invokeMethod(
            context, [then = std::move(then)] { then(ErrorCode::TooManyRequests); }, Qt::QueuedConnection);
        return;
    }
    const bool possible = check(password, PasswordKind::Room).isOk();
    run(
        [this, hash, possible, bytes = possible ? bytesOf(password) : "impossible"_ba,
            then = std::move(then)]() -> std::function<void()> {
            makeDummyHash();
            const bool known = !hash.isEmpty();
            const bool right = matches(known ? hash : m_dummyHash, bytes);
            return [verdict = right && known && possible, then] { then(verdict); };
        },
        context);
}

} // namespace tertulia
