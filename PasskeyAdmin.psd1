@{
    RootModule             = 'bin/PasskeyAdmin.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '4c673bc9-4e08-419d-98bb-461540514638'
    Author                 = 'PasskeyAdmin contributors'
    CompanyName            = 'PasskeyAdmin contributors'
    Copyright              = 'Copyright (c) PasskeyAdmin contributors. MIT License.'
    Description            = 'Runs passkeys (FIDO2) in Microsoft Entra ID: which devices are ready, which providers exist, and what each needs.'

    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')

    FormatsToProcess       = @(
        'Views/Device.format.ps1xml'
        'Views/DeviceDuplicate.format.ps1xml'
        'Views/DeviceReadiness.format.ps1xml'
        'Views/DeviceReadinessSummary.format.ps1xml'
        'Views/DeviceRequirement.format.ps1xml'
        'Views/PasskeyAuthenticator.format.ps1xml'
        'Views/PasskeyProvider.format.ps1xml'
        'Views/ProviderReadiness.format.ps1xml'
    )

    CmdletsToExport        = @(
        'Get-PasskeyDeviceRequirement'
        'Get-PasskeyProvider'
        'Import-PasskeyDeviceInventory'
        'Measure-PasskeyDeviceReadiness'
        'Test-PasskeyDeviceReadiness'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()

    PrivateData            = @{
        PSData = @{
            Tags         = @('Entra', 'EntraID', 'AzureAD', 'Passkey', 'FIDO2', 'WebAuthn', 'Intune', 'Jamf', 'Security', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'See CHANGELOG.md in the module folder.'
        }
    }
}
