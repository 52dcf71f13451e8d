// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/secrets.h"

#include <sodium.h>

namespace tertulia {

void ensureSodium()
{
    static const int state = sodium_init();
    if (state < 0)
        qFatal("The system offers no source of random numbers.");
}

QByteArray randomBytes(qsizetype count)
{
    ensureSodium();
    QByteArray bytes(count, Qt::Uninitialized);
    randombytes_buf(bytes.data(), static_cast<std::size_t>(count));
    return bytes;
}

QByteArray toBase64Url(QByteArrayView bytes)
{
    return QByteArray::fromRawData(bytes.data(), bytes.size())
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

bool equalInConstantTime(QByteArrayView left, QByteArrayView right)
{
    ensureSodium();
    return left.size() == right.size()
        && sodium_memcmp(left.data(), right.data(), static_cast<std::size_t>(left.size())) == 0;
}

} // namespace tertulia
