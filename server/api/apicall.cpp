// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apicall.h"

#include "protocol/command.h"

namespace tertulia {

Error asHttpError(const Error &error)
{
    if (error.code == ErrorCode::RateLimited)
        return Error(ErrorCode::TooManyRequests, error.detail, error.retryAfterMs);
    return error;
}

Result<quint64> ApiCall::queryNumber(QByteArrayView name, quint64 fallback) const
{
    const QString text = head.queryItem(name);
    if (text.isNull())
        return fallback;
    bool ok = false;
    const quint64 number = text.toULongLong(&ok);
    if (!ok || number > kLargestId || !text.front().isDigit())
        return invalidField(QLatin1StringView(name));
    return number;
}

Result<qint64> ApiCall::queryCount(QByteArrayView name, qint64 fallback) const
{
    const QString text = head.queryItem(name);
    if (text.isNull())
        return fallback;
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    if (!ok)
        return invalidField(QLatin1StringView(name));
    return number;
}

void ApiCall::fail(const Error &error) const
{
    reply->sendProblem(asHttpError(error));
}

} // namespace tertulia
