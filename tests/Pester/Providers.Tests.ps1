BeforeAll { . $PSScriptRoot/PasskeyAdmin.Helpers.ps1 }

Describe 'Get-PasskeyProvider' {
    It 'lists providers' {
        (Get-PasskeyProvider | Measure-Object).Count | Should -BeGreaterThan 100
    }

    It 'answers what an AAGUID is' {
        (Get-PasskeyProvider -AaGuid 90a3ccdf-635c-4729-a248-9b709135078f).Authenticator.Name | Should -Be 'Microsoft Authenticator for iOS'
    }

    It 'answers AAGUIDs from a file' {
        'AaGuid', 'bada5566-a7aa-401f-bd96-45619a55120d', '12345678-1234-1234-1234-123456789abc' | Set-Content TestDrive:/aaguids.csv
        Import-Csv TestDrive:/aaguids.csv | Get-PasskeyProvider | ForEach-Object Name | Should -Be '1Password', 'Unknown provider'
    }

    It 'gives all AAGUIDs of a family for an allow list' {
        Get-PasskeyProvider 'YubiKey 5*' | Select-Object -ExpandProperty AaGuid | Should -HaveCount 49
    }

    It 'filters by type' {
        Get-PasskeyProvider -TargetType Synced | Group-Object PasskeyType -NoElement | ForEach-Object Name | Should -Be 'Synced'
    }

    It 'completes names with Tab' {
        (TabExpansion2 'Get-PasskeyProvider -Name prot').CompletionMatches.CompletionText | Should -Be "'Proton Pass'"
    }

    It 'survives a round trip through a file' {
        Get-PasskeyProvider 1Password | Export-Clixml TestDrive:/provider.xml
        (Import-Clixml TestDrive:/provider.xml | Get-PasskeyProvider).Name | Should -Be '1Password'
    }

    It 'says which name it does not know' {
        { Get-PasskeyProvider Nobody -ErrorAction Stop } | Should -Throw -ErrorId 'ProviderNotFound,PasskeyAdmin.Commands.GetPasskeyProviderCommand'
    }
}

Describe 'Import-PasskeyProviderMetadata' {
    BeforeAll {
        $new = '0a1b2c3d-0000-4000-8000-00000000c0de'
        function ToUrl([byte[]] $bytes) { [Convert]::ToBase64String($bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') }

        # A signer that is its own root, as a test service may have it.
        $key = [Security.Cryptography.RSA]::Create()
        $key.KeySize = 2048
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=mds.fidoalliance.org', $key, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $names = [Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
        $names.AddDnsName('mds.fidoalliance.org')
        $request.CertificateExtensions.Add($names.Build())
        $purposes = [Security.Cryptography.OidCollection]::new()
        $null = $purposes.Add([Security.Cryptography.Oid]::new('1.3.6.1.5.5.7.3.1'))
        $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509EnhancedKeyUsageExtension]::new($purposes, $false))
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
        [IO.File]::WriteAllBytes((Join-Path $TestDrive 'root.cer'), $certificate.RawData)

        $header = @{ alg = 'RS256'; x5c = @([Convert]::ToBase64String($certificate.RawData)) } | ConvertTo-Json -Compress
        $payload = @{
            no = 290; nextUpdate = '2999-01-01'
            entries = @(@{ aaguid = $new; metadataStatement = @{ description = 'Fabrikam Key 7' }; statusReports = @(@{ status = 'FIDO_CERTIFIED_L2'; effectiveDate = '2025-02-03' }) })
        } | ConvertTo-Json -Depth 9 -Compress
        $signed = (ToUrl ([Text.Encoding]::UTF8.GetBytes($header))) + '.' + (ToUrl ([Text.Encoding]::UTF8.GetBytes($payload)))
        $signature = $key.SignData([Text.Encoding]::ASCII.GetBytes($signed), 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        Set-Content TestDrive:/blob.jwt "$signed.$(ToUrl $signature)"
    }

    AfterAll { Import-PasskeyProviderMetadata -Clear }

    It 'verifies a blob' {
        $model = Import-PasskeyProviderMetadata TestDrive:/blob.jwt -RootCertificatePath TestDrive:/root.cer -WarningVariable warnings
        $model.Verification, $model.Certification, $model.AttestationEligible | Should -Be 'Verified', 'FIDO_CERTIFIED_L2', 'Unknown'
        $warnings | Should -BeNullOrEmpty
        (Get-PasskeyProvider -AaGuid $new).Name | Should -Be 'Fabrikam Key 7'
    }

    It 'marks what nobody signed' {
        'aaguid,name', '0a1b2c3d-0000-4000-8000-00000000beef,Wingtip Wallet' | Set-Content TestDrive:/list.csv
        Get-ChildItem TestDrive:/list.csv | Import-PasskeyProviderMetadata -WarningVariable warnings -WarningAction SilentlyContinue | ForEach-Object Verification | Should -Be 'Unverified'
        $warnings | Should -BeLike '*list.csv is Unverified: a list of AAGUIDs is not signed.*'
        (Get-PasskeyProvider 'Wingtip*').Name | Should -Be 'Wingtip Wallet (unverified)'
        (Get-PasskeyProvider 'Wingtip*').Authenticator.MayEnterAllowList | Should -BeFalse
    }

    It 'reads what Windows PowerShell saves' {
        Get-Content TestDrive:/blob.jwt | Out-File TestDrive:/utf16.jwt -Encoding unicode
        (Import-PasskeyProviderMetadata TestDrive:/utf16.jwt -RootCertificatePath TestDrive:/root.cer).Verification | Should -Be 'Verified'
    }

    It 'shows everything in a list' {
        Import-PasskeyProviderMetadata TestDrive:/blob.jwt -RootCertificatePath TestDrive:/root.cer | Format-List | Out-String | Should -BeLike '*EligibilityReason*:*FIDO_CERTIFIED_L2 (2025-02-03)*'
    }

    It 'forgets what was imported' {
        Import-PasskeyProviderMetadata TestDrive:/blob.jwt -RootCertificatePath TestDrive:/root.cer | Out-Null
        Import-PasskeyProviderMetadata -Clear | Should -BeNullOrEmpty
        (Get-PasskeyProvider -AaGuid $new).IsKnown | Should -BeFalse
    }

    It 'says which file it cannot read' {
        'hello' | Set-Content TestDrive:/hello.txt
        { Import-PasskeyProviderMetadata TestDrive:/hello.txt -ErrorAction Stop } | Should -Throw -ErrorId 'ProviderMetadataInvalid,PasskeyAdmin.Commands.ImportPasskeyProviderMetadataCommand'
    }
}
