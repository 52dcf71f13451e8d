// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/result.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>

namespace tertulia {

/// What one hash costs: Argon2id with one lane (RFC 9106).
struct PasswordCost {
    unsigned long long passes = 2;
    std::size_t memoryBytes = std::size_t(19) * 1024 * 1024;

    /// What tests can afford.
    [[nodiscard]] static constexpr PasswordCost cheapest() { return {1, 8192}; }
};

enum class PasswordKind : quint8 {
    Account, ///< at least 8 characters
    Room, ///< at least 1
};

/// Hashes and verifies passwords with Argon2id in one worker thread, so that the loop goes on and a rush of sign-ins
/// can take no more than one core. Passwords are compared in NFKC, as names are: keyboards differ in how they compose.
///
/// Use it from the thread that made it. Answers come in that thread, in order, in a later turn of its loop, unless
/// `context` is gone by then; at destruction the waiting ones are dropped.
class PasswordHasher
{
public:
    static constexpr int kShortestAccountPassword = 8; ///< characters
    static constexpr qsizetype kLongestPassword = 1024; ///< bytes of UTF-8

    using HashThen = std::function<void(const Result<QString> &)>;
    using VerifyThen = std::function<void(const Result<bool> &)>;

    explicit PasswordHasher(PasswordCost cost = {}, int queueLimit = 64);
    ~PasswordHasher();
    Q_DISABLE_COPY_MOVE(PasswordHasher)

    /// WeakPassword, InvalidField (too long), TooManyRequests (the queue is full), Internal (no memory).
    void hash(const QString &password, PasswordKind kind, QObject *context, HashThen then);
    /// Whether the password is the one of `hash`; TooManyRequests where the queue is full. An empty `hash` stands for a
    /// user who does not exist and costs as much time as a wrong password.
    void verify(const QString &hash, const QString &password, QObject *context, VerifyThen then);

    /// The same at once, in the caller's thread: for the subcommands.
    [[nodiscard]] static Result<QString> hashNow(const QString &password, PasswordKind kind, PasswordCost cost = {});
    [[nodiscard]] static bool verifyNow(const QString &hash, const QString &password);
    /// WeakPassword or InvalidField.
    [[nodiscard]] static Result<void> check(const QString &password, PasswordKind kind);

private:
    void makeDummyHash();
    void run(std::function<std::function<void()>()> work, const QPointer<QObject> &context);

    PasswordCost m_cost;
    int m_queueLimit;
    int m_waiting = 0;
    std::atomic_bool m_stopping = false;
    QObject m_caller; ///< receives the answers in the caller's thread
    QThread m_thread;
    std::unique_ptr<QObject> m_worker; ///< lives in m_thread
    QString m_dummyHash; ///< the worker's alone
};

} // namespace tertulia
