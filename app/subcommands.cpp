// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "subcommands.h"

#include "passwordprompt.h"

#include "domain/accountservice.h"
#include "domain/clock.h"
#include "identity/passwordhasher.h"
#include "identity/tokenservice.h"
#include "protocol/names.h"
#include "storage/openstore.h"
#include "tokenkey.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

using Action = UserCommand::Action;

/// The account of that name, where there is one; a directory without a database has none, and gets none by asking.
Result<std::optional<Account>> findAccount(const QString &directory, const QString &name)
{
    if (!QFileInfo::exists(DataDirectory::databasePath(directory)))
        return std::optional<Account>();
    const SystemClock clock;
    const Result<std::unique_ptr<SqlStorage>> storage = openStorage(directory, clock);
    if (!storage)
        return storage.error();
    const Result<Account> account = storage.value()->accounts().byName(name);
    if (account)
        return std::optional<Account>(*account);
    if (account.error().code == ErrorCode::NoSuchUser)
        return std::optional<Account>();
    return account.error();
}

Error noAccount(const QString &name)
{
    return Error(ErrorCode::NoSuchUser, u"There is no account \"%1\"."_s.arg(name));
}

Result<QString> passwordHash(bool fromInput)
{
    const Result<QString> password = readPassword(fromInput);
    if (!password)
        return password;
    return PasswordHasher::hashNow(*password, PasswordKind::Account);
}

Result<void> addAccount(Storage &storage, const UserCommand &command)
{
    const Result<QString> name = normalizeUserName(command.name);
    if (!name)
        return name.error();
    if (storage.accounts().byName(*name))
        return Error(ErrorCode::NameTaken, u"There is an account \"%1\" already."_s.arg(*name));
    const Result<QString> hash = passwordHash(command.readsStandardInput);
    if (!hash)
        return hash.error();
    const Result<Account> account = storage.accounts().create(*name, *hash, command.role);
    return account ? Result<void>() : Result<void>(account.error());
}

/// Tokens from before the change are void: they carry the old role, or were got with the old password.
Result<void> changeAccount(Storage &storage, const Account &account, const std::function<Result<void>()> &change)
{
    const SystemClock clock;
    return storage.atomically([&]() -> Result<void> {
        if (const Result<void> changed = change(); !changed)
            return changed;
        return storage.accounts().setTokensValidFrom(account.id, clock.now());
    });
}

Result<void> changeUser(Storage &storage, const UserCommand &command)
{
    const Result<QString> name = normalizeUserName(command.name);
    const Result<Account> account = name ? storage.accounts().byName(*name) : Result<Account>(ErrorCode::NoSuchUser);
    if (!account)
        return account.error().code == ErrorCode::NoSuchUser ? noAccount(command.name) : account.error();
    switch (command.action) {
    case Action::SetPassword: {
        const Result<QString> hash = passwordHash(command.readsStandardInput);
        if (!hash)
            return hash.error();
        return changeAccount(storage, *account, [&] { return storage.accounts().setPasswordHash(account->id, *hash); });
    }
    case Action::SetRole:
        return changeAccount(storage, *account, [&] { return storage.accounts().setRole(account->id, command.role); });
    case Action::Remove:
        return storage.atomically([&] { return AccountService::removeAccount(storage, account->id); });
    case Action::Add:
    case Action::List:
        break;
    }
    Q_UNREACHABLE();
}

Result<QString> listAccounts(Storage &storage)
{
    const Result<QList<Account>> accounts = storage.accounts().all();
    if (!accounts)
        return accounts.error();
    QString text;
    for (const Account &account : *accounts) {
        text += account.name + u'\t' + QString::fromLatin1(roleName(account.role)) + u'\t'
            + QString::fromLatin1(toWire(account.createdAt)) + u'\n';
    }
    return text;
}

} // namespace

Result<QString> runToken(const QString &dataDirectory, const TokenCommand &command)
{
    const Result<QString> name = normalizeUserName(command.user);
    if (!name)
        return name.error();
    const Result<QString> directory = DataDirectory::create(dataDirectory);
    if (!directory)
        return directory.error();
    const Result<QByteArray> key = loadTokenKey(*directory);
    if (!key)
        return key.error();
    const Result<std::optional<Account>> account = findAccount(*directory, *name);
    if (!account)
        return account.error();
    const User user = *account
        ? User {account.value()->id, account.value()->name, command.role.value_or(account.value()->role)}
        : User {AccountService::idForName(*name), *name, command.role.value_or(Role::Member)};
    const SystemClock clock;
    return QString(TokenService(*key, clock).issue(user, command.lifetime).token + u'\n');
}

Result<QString> runUser(const QString &dataDirectory, const UserCommand &command)
{
    const Result<QString> directory = DataDirectory::create(dataDirectory);
    if (!directory)
        return directory.error();
    const SystemClock clock;
    const Result<std::unique_ptr<SqlStorage>> storage = openStorage(*directory, clock);
    if (!storage)
        return storage.error();
    if (command.action == Action::List)
        return listAccounts(**storage);
    const Result<void> done = command.action == Action::Add ? addAccount(**storage, command)
                                                            : changeUser(**storage, command);
    return done ? Result<QString>(QString()) : Result<QString>(done.error());
}

} // namespace tertulia
