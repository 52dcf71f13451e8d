// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenkey.h"

#include "identity/tokenservice.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace tertulia {

Result<QByteArray> loadTokenKey(const QString &dataDirectory)
{
    const QString directory = dataDirectory + u"/keys"_s;
    if (!QDir().mkpath(directory))
        return Error(
            ErrorCode::Internal, u"The directory %1 cannot be made."_s.arg(QDir::toNativeSeparators(directory)));
    return TokenService::loadOrMakeKey(directory + u"/token.key"_s);
}

} // namespace tertulia
